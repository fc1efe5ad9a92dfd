// Tension: its chart with the incidents behind each point, the dyads in its order, and words against acts.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { serve } from "./served.mjs";

// A quarrel of some weeks: threats, some of which are followed, and a promise.
const day = (at) => new Date(Date.UTC(2031, 0, 6 + at)).toISOString().slice(0, 10);
const weekday = (at) => ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"][at % 7];
const told = [
  [0, "Peru threatened to attack Ecuador on {d}. Peru and Ecuador held talks in Lima."],
  [3, "Peruvian troops shelled Ecuador on {d}, killing three soldiers."],
  [9, "Ecuador threatened to attack Peru on {d}."],
  [16, "Peru promised to release Ecuadorian prisoners on {d}."],
  [23, "Peru condemned Ecuador on {d}. Peruvian soldiers attacked Ecuador on {d}."],
  [30, "Chile praised Peru on {d}. Chile and Peru signed an agreement on {d}."],
  [44, "Ecuador and Peru held talks on {d}."],
];
const reports = Object.fromEntries(
  told.map(([at, text]) => [`${at}.txt`, `Date: ${day(at)}\nTitle: Day ${at}\nSource: Wire ${at}\n\n${text.replaceAll("{d}", weekday(at))}\n`]),
);
const dyad = "/dyads/PER:ECU";
let served;

before(async () => {
  served = await serve(reports, { examples: false });
});
after(() => served?.end());

test("each point of the chart opens the incidents behind it", async () => {
  const page = await served.open(`${dyad}?by=week`);
  const series = await served.ask("/tension?dyad=PER:ECU&mutual=true&by=week");
  const points = page.locator("svg.tension a.point");
  assert.equal(await points.count(), series.points.length);
  assert.ok(series.points.length >= 6);
  const at = series.points.findIndex((point) => point.material_conflict.incidents > 0);
  const { since, until } = series.points[at];
  await points.nth(at).click();
  await page.waitForURL((url) => url.pathname === dyad && url.search === `?by=week&at=${since}`);
  await page.waitForSelector(".behind .lines > li");
  const behind = await served.ask(`/tension/incidents?dyad=PER:ECU&mutual=true&since=${since}&until=${until}`);
  assert.equal(await page.locator(".behind .lines > li").count(), behind.incidents);
  const first = await page.locator(".behind .lines a.what").first().getAttribute("href");
  assert.equal(first, `/incidents/${behind.rows[0].id}`);
  // As a link it opens the same again.
  await page.reload();
  await page.waitForSelector(".behind .lines > li");
  assert.equal(await page.locator("a.point.opened").count(), 1);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("the chart is walked by keys, and tells its bounds", async () => {
  const page = await served.open(dyad);
  await page.locator("svg.tension a.point").first().focus();
  await page.keyboard.press("ArrowRight");
  assert.match(await page.locator(".tip").innerText(), /Tension .+ \(.+ to .+\)/);
  const label = await page.evaluate(() => document.activeElement.getAttribute("aria-label"));
  assert.match(label, /tension .+ incident/);
  await page.keyboard.press("Enter");
  await page.waitForSelector(".behind h3");
  await page.selectOption("#filter-by", "month");
  await page.waitForURL((url) => url.searchParams.get("by") === "month");
  await page.waitForFunction(() => document.querySelectorAll("svg.tension a.point").length <= 3);
  await page.context().close();
});

test("it comes as a table, as CSV, SVG and PNG", async () => {
  const page = await served.open(`${dyad}?by=week`);
  const series = await served.ask("/tension?dyad=PER:ECU&mutual=true&by=week");
  const chart = page.locator("figure.chart", { has: page.locator("svg.tension") });
  const download = async (label) => {
    const [file] = await Promise.all([page.waitForEvent("download"), chart.getByRole("button", { name: label }).click()]);
    return readFileSync(await file.path());
  };
  const lines = (await download("CSV")).toString().trim().split("\r\n");
  assert.equal(lines.length, series.points.length + 1);
  assert.match(lines[0], /^since,until,reports,incidents,tension,low,high/);
  assert.match((await download("SVG")).toString(), /^<svg [^]*<\/svg>$/);
  const png = await download("PNG");
  assert.equal(png.subarray(1, 4).toString(), "PNG");
  assert.ok(png.length > 3000, `${png.length} bytes`);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("an actor has its tension too", async () => {
  const page = await served.open("/actors/Peru");
  assert.ok((await page.locator("svg.tension a.point").count()) > 3);
  await page.locator("svg.tension a.point").first().click();
  await page.waitForSelector(".behind h3");
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("pairs of countries stand in the order of their tension, each with its course", async () => {
  const span = `since=${day(0)}&until=${day(50)}`;
  const { dyads } = await served.ask(`/dyads?${span}`);
  assert.deepEqual(dyads.map(({ a, b }) => `${a}:${b}`), ["ECU:PER", "CHL:PER"]);
  assert.ok(dyads[0].tension > 0 && dyads[1].tension < 0, JSON.stringify(dyads.map((one) => one.tension)));
  const page = await served.open(`/?${span}`);
  assert.deepEqual(await page.locator("ol.dyads > li > a").evaluateAll((all) => all.map((a) => a.getAttribute("href"))), [`/dyads/ECU:PER?${span}`, `/dyads/CHL:PER?${span}`]);
  const [hostile, friendly] = [0, 1].map((at) => page.locator("ol.dyads > li").nth(at).locator(".spark"));
  assert.ok((await hostile.locator("rect.q4").count()) > 0);
  assert.ok((await friendly.locator("rect.q2").count()) > 0);
  assert.equal(await friendly.locator("rect.q4").count(), 0);
  await page.context().close();
});

test("words stand beside the acts that followed", async () => {
  const { accounts } = await served.ask("/words?dyad=PER:ECU&mutual=true");
  const threats = accounts.find(({ source, form }) => source === "PER" && form === "threat");
  assert.equal(threats.words[0].outcome, "followed");
  const page = await served.open(dyad);
  const section = page.locator("section[aria-label='Words against acts']");
  const text = await section.innerText();
  for (const words of ["Peru → Ecuador: 1 threat", "1 followed within 30 days", "Ecuador → Peru: 1 threat"]) {
    assert.ok(text.includes(words), text);
  }
  await section.locator(".words a").first().click();
  await page.waitForSelector(".telling");
  await page.context().close();
});

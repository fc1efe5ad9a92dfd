// Each view on the examples: it says what it should, for everybody, on every screen.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { serve, views } from "./served.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
let served;
let all;

before(async () => {
  served = await serve();
  all = await views(served);
});
after(() => served?.end());

const says = {
  overview: ["Dates to watch", "Incidents day by day", "Between whom, by tension", "New", "Where", "Claimed without evidence", "Belarus – Latvia"],
  incidents: ["use military force", "reported"],
  incident: ["Did it happen?", "The sentence it rests on", "Goldstein"],
  actors: ["Name", "Office"],
  actor: ["Peru", "Roles", "Tension", "Allies and adversaries", "Ecuador"],
  dyads: ["Ecuador – Peru", "Kyrgyzstan – Tajikistan"],
  dyad: ["Peru – Ecuador", "Tension", "What passed between them", "Peru → Ecuador", "Statements:", "Acts:", "Words against acts"],
  claims: ["no evidence given", "denied"],
  dates: ["Seen on 3 Apr 2031", "in 17 days", "open"],
  report: ["Marked in the text", "Rule", "The incident, with all that tell of it"],
  search: ["Actors", "Reports", "Incidents in reports with these words", "Claims", "boat"],
};

for (const [view, words] of Object.entries(says)) {
  test(`${view} says what it should, is accessible and fits a phone`, async () => {
    const page = await served.open(all[view]);
    const text = await page.innerText("main");
    for (const word of words) {
      assert.ok(text.includes(word), `${view} lacks ${word}:\n${text.slice(0, 1500)}`);
    }
    assert.deepEqual(page.faults, []);
    await page.context().close();

    for (const dark of [false, true]) {
      const shown = await served.open(all[view], { dark });
      const found = await judge(shown);
      assert.deepEqual(found, [], `${view}${dark ? ", dark" : ""}`);
      await shown.context().close();
    }

    const phone = await served.open(all[view], { width: 360, height: 740 });
    const wide = await phone.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(wide, 0, `${view} scrolls sideways on a phone`);
    assert.deepEqual(await judge(phone), [], `${view} on a phone`);
    await phone.context().close();
  });
}

/** What axe finds against WCAG 2.2, A and AA, and against good practice. */
async function judge(page) {
  // Through the debugger, for the policy of the page lets nothing else in.
  await page.evaluate(axe);
  const { violations, passes } = await page.evaluate(() => globalThis.axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
  assert.ok(passes.length > 10, "axe looked at the page");
  return violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html, any }) => `${html.slice(0, 160)} ${any[0]?.message ?? ""}`).join(" | ")}`);
}

test("every mark leads to its sentence and back", async () => {
  const page = await served.open(all.overview);
  const mark = page.locator("svg a.mark").first();
  const incident = await mark.getAttribute("href");
  await mark.click();
  await page.waitForSelector(".telling blockquote a");
  assert.ok(page.url().endsWith(incident));
  await page.locator(".telling blockquote a").first().click();
  await page.waitForSelector(".coded.chosen");
  assert.match(page.url(), /\/reports\/r[0-9a-f]{16}\?at=e/);
  await page.locator(".card.event a", { hasText: "The incident" }).first().click();
  await page.waitForSelector(".telling");
  assert.ok(page.url().endsWith(incident));
  await page.goBack();
  await page.waitForSelector(".coded.chosen");
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("conditions stand in the address and hold when it is opened anew", async () => {
  const page = await served.open("/incidents");
  await page.selectOption("#filter-event", "ASSAULT");
  await page.waitForURL("**/incidents?event=ASSAULT");
  await page.fill("#filter-place", "PER");
  await page.press("#filter-place", "Enter");
  await page.waitForURL("**/incidents?event=ASSAULT&place=PER");
  await page.reload();
  await page.waitForSelector(".lines, .none");
  assert.equal(await page.inputValue("#filter-place"), "PER");
  const { rows } = await served.ask("/incidents?event=ASSAULT&place=PER");
  assert.equal(await page.locator(".lines > li").count(), rows.length);
  await page.context().close();
});

test("without a mouse: from the search over a chart to a coding", async () => {
  const page = await served.open(all.overview);
  await page.keyboard.press("/");
  assert.equal(await page.evaluate(() => document.activeElement.id), "search");
  await page.keyboard.type("boat");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/search?words=boat");

  await page.goto(served.address + all.overview);
  await page.waitForSelector("svg a.mark");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Skip to the content");
  const first = page.locator("svg a.mark[tabindex='0']");
  await first.focus();
  const before = await page.evaluate(() => document.activeElement.getAttribute("aria-label"));
  await page.keyboard.press("ArrowRight");
  const then = await page.evaluate(() => document.activeElement.getAttribute("aria-label"));
  assert.notEqual(then, before);
  assert.ok(await page.locator(".tip").isVisible());
  await page.keyboard.press("Enter");
  await page.waitForSelector(".telling blockquote a");
  assert.equal(await page.evaluate(() => document.activeElement.id), "main", "the new view has the focus");
  await page.locator(".telling blockquote a").first().focus();
  await page.keyboard.press("Enter");
  await page.waitForSelector(".card");
  await page.locator(".text [role=button]").first().focus();
  assert.ok(await page.locator(".coding .card").first().isVisible());
  await page.keyboard.press("Enter");
  await page.waitForSelector(".coded.chosen");
  await page.context().close();
});

test("charts are there as tables, as CSV and as SVG", async () => {
  const page = await served.open(all.overview);
  const chart = page.locator("figure.chart", { hasText: "Incidents day by day" });
  const download = async (label) => {
    const [file] = await Promise.all([page.waitForEvent("download"), chart.getByRole("button", { name: label }).click()]);
    return readFileSync(await file.path(), "utf8");
  };
  const lines = (await download("CSV")).trim().split("\r\n");
  const { timeline } = await served.ask("/overview?since=2031-03-01&until=2031-12-01");
  assert.equal(lines.length, timeline.length + 1);
  const drawing = await download("SVG");
  assert.match(drawing, /^<svg [^]*<\/svg>$/);
  assert.ok(!drawing.includes("class="), "it needs no style sheet");
  await chart.getByRole("button", { name: "Table" }).click();
  assert.equal(await chart.locator("tbody tr").count(), timeline.length);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("the map shows clusters that open, by keys as well", async () => {
  const page = await served.open(all.overview);
  await page.waitForSelector(".land path");
  const places = await page.locator(".place").count();
  assert.ok(places > 0);
  await page.locator(".place").first().focus();
  await page.keyboard.press("Enter");
  await page.waitForTimeout(300);
  assert.ok((await page.locator(".place").count()) > 0 || page.url().includes("place="));
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("the layers of a report can be put away", async () => {
  const page = await served.open(all.report);
  assert.ok((await page.locator(".text .actor").count()) > 0);
  await page.getByRole("checkbox", { name: "Actors" }).uncheck();
  assert.equal(await page.locator(".text .actor").count(), 0);
  await page.context().close();
});

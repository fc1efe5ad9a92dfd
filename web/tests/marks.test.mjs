// What marks mean: colours, sizes and hollow ones, areas on the map, days that are left, claims beside their denials, a
// report under the pointer, and the page on paper.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { serve } from "./served.mjs";

const clash = "Peruvian troops attacked Ecuadorian soldiers in Tumbes on Monday, killing two people.";
const reports = {
  "a.txt": `Date: 2031-03-11\nTitle: Clash\nSource: Andean Wire\n\n${clash}\n`,
  "b.txt": `Date: 2031-03-11\nTitle: Fighting at the border\nSource: Pacific Post\n\nPeruvian troops attacked Ecuadorian soldiers in Tumbes on Monday. Schools in the town stayed closed, and the mayor asked for buses to bring families to the hills.\n`,
  "north.txt": "Date: 2031-03-12\nTitle: North\nSource: Andean Wire\n\nPolice arrested ten people in northern Kosovo on Tuesday.\n",
  "threat.txt": "Date: 2031-03-12\nTitle: Words\nSource: Andean Wire\n\nChile condemned Peru on Tuesday. Brazil praised Ecuador on Tuesday.\n",
};
const span = "since=2031-03-01&until=2031-03-31";
let served;
before(async () => {
  served = await serve(reports);
});
after(() => served?.end());

test("marks are coloured by quad class, sized by sources and hollow until confirmed", async () => {
  const { timeline } = await served.ask(`/overview?${span}`);
  const page = await served.open(`/?${span}`);
  const marks = await page.locator("svg a.mark").evaluateAll((all) =>
    all.map((mark) => {
      const path = mark.querySelector("path");
      const { fill, stroke } = getComputedStyle(path);
      return { id: mark.getAttribute("href").split("/").pop(), lane: mark.parentElement.getAttribute("class"), fill, stroke, width: path.getBBox().width };
    }),
  );
  assert.ok(marks.length >= 6);
  const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const colours = new Map();
  for (const mark of marks) {
    const of = timeline.find(({ id }) => id === mark.id);
    assert.equal(mark.lane, `q${of.quad}`);
    assert.equal(colours.get(of.quad) ?? mark.stroke, mark.stroke, "one colour for each quad class");
    colours.set(of.quad, mark.stroke);
    assert.equal(mark.fill === paper, of.status !== "confirmed", `${of.status}: ${mark.fill}`);
  }
  assert.equal(new Set(colours.values()).size, colours.size);
  const width = (sources) => marks.filter(({ id, lane }) => lane === "q4" && timeline.find((one) => one.id === id).sources === sources).map((mark) => mark.width);
  assert.ok(timeline.some(({ status }) => status === "confirmed"), "one of them is confirmed");
  assert.ok(Math.min(...width(2)) > Math.max(...width(1)), `${width(2)} over ${width(1)}`);
  await page.context().close();
});

test("a side of a country is shaded, and the map is looked into", async () => {
  const page = await served.open("/?since=2031-03-11&until=2031-03-11");
  await page.waitForSelector(".areas path");
  const { places } = await served.ask("/overview?since=2031-03-11&until=2031-03-11");
  const north = places.find(({ name }) => name === "northern Kosovo");
  assert.equal(north?.geonames, null, JSON.stringify(places));
  const shaded = await page.locator(".areas g").evaluateAll((all) => all.map((area) => {
    const [box, outline] = [area.querySelector("rect").getBBox(), area.querySelector("path").getBBox()];
    return box.y <= outline.y + 0.1 && box.height < outline.height * 0.6;
  }));
  assert.ok(shaded.includes(true), "only its northern half");

  const wide = await served.open(`/?since=2031-03-01&until=2031-12-01`);
  await wide.waitForSelector(".land path");
  const before = await wide.locator(".land").getAttribute("transform");
  const clusters = await wide.locator(".place").count();
  await wide.getByRole("button", { name: "Look closer" }).click();
  await wide.getByRole("button", { name: "Look closer" }).click();
  assert.notEqual(await wide.locator(".land").getAttribute("transform"), before);
  await wide.getByRole("button", { name: "As at first" }).click();
  assert.equal(await wide.locator(".land").getAttribute("transform"), before);
  const together = wide.locator(".place[aria-label*='near it']").first();
  await together.focus();
  await wide.keyboard.press("Enter");
  await wide.waitForFunction((was) => document.querySelector(".land").getAttribute("transform") !== was, before);
  assert.ok(clusters > 0);
  await page.context().close();
  await wide.context().close();
});

test("dates to watch count down", async () => {
  const { dates } = await served.ask("/dates?on=2031-03-20&status=open&since=2031-03-20");
  const page = await served.open("/?since=2031-03-01&until=2031-03-20");
  await page.waitForSelector(".dates .ahead > li");
  const [first] = dates;
  const words = first.days_left === 0 ? "today" : `in ${first.days_left} day`;
  assert.ok((await page.locator(".dates .ahead > li").first().innerText()).includes(words));
  await page.context().close();
});

test("a claim stands beside those who deny it, in their words", async () => {
  const { rows, grounds } = await served.ask("/claims?status=denied");
  assert.ok(grounds.every(({ claim }) => rows.some(({ id }) => id === claim)));
  const denial = grounds.find(({ kind, speaker }) => kind === "denied" && speaker);
  const page = await served.open("/claims?status=denied");
  const item = page.locator(".claims > li", { hasText: denial.words.slice(0, 40) }).first();
  const [claim, ground] = [await item.locator(".claimed").boundingBox(), await item.locator(".grounds").boundingBox()];
  assert.ok(ground.x >= claim.x + claim.width, "side by side");
  assert.ok(Math.abs(ground.y - claim.y) < 4);
  assert.ok((await item.locator(".grounds").innerText()).includes(denial.speaker));
  await page.context().close();
  const phone = await served.open("/claims?status=denied", { width: 360 });
  const [above, below] = [await phone.locator(".claimed").first().boundingBox(), await phone.locator(".grounds").first().boundingBox()];
  assert.ok(below.y >= above.y + above.height - 1, "one below the other where there is no room");
  await phone.context().close();
});

test("a mark in a report tells its coding and rule under the pointer and when tapped", async () => {
  const { rows } = await served.ask("/events?dyad=PER:ECU&event=ASSAULT&limit=1");
  const page = await served.open(`/reports/${rows[0].report_uid}`);
  const event = page.locator(".text .event").first();
  await page.mouse.move(5, 5);
  await event.hover();
  await page.mouse.move(...(await event.boundingBox().then(({ x, y, width, height }) => [x + width / 2 + 1, y + height / 2])));
  const card = page.locator(".coding .card.event").first();
  await card.waitFor();
  const told = await card.innerText();
  assert.match(told, /CAMEO \d+/);
  assert.match(told, /Rule\s+\S+/);
  await page.mouse.move(5, 5);
  await page.waitForFunction(() => !document.querySelector(".coding .card"));
  await page.context().close();

  const phone = await served.open(`/reports/${rows[0].report_uid}`, { width: 360, touch: true });
  await phone.locator(".text .event").first().tap();
  await phone.waitForSelector(".coding .card.event");
  await phone.waitForURL("**at=**");
  await phone.context().close();
});

test("on paper there is what is read, and nothing to press", async () => {
  const page = await served.open(`/?${span}`, { dark: true });
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  for (const pressed of [".masthead nav", ".filters", ".tools", ".zoom", ".adding"]) {
    assert.equal(await page.locator(pressed).first().isVisible(), false, pressed);
  }
  assert.ok(await page.locator("h1").isVisible());
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), "rgb(255, 255, 255)");
  const pdf = await page.pdf({ format: "A4" });
  assert.equal(pdf.subarray(0, 4).toString(), "%PDF");
  await page.context().close();
});

test("the page is small before its data", async () => {
  const files = ["/", "/page.js", "/page.css", "/world-110m.json"];
  const sizes = { plain: 0, packed: 0 };
  for (const file of files) {
    const plain = await fetch(served.address + file, { headers: { "accept-encoding": "identity" } });
    sizes.plain += (await plain.arrayBuffer()).byteLength;
    const packed = await fetch(served.address + file, { headers: { "accept-encoding": "gzip" } });
    assert.equal(packed.headers.get("content-encoding"), "gzip", file);
    sizes.packed += Number(packed.headers.get("content-length"));
  }
  assert.ok(sizes.plain < 300_000, `${sizes.plain} bytes`);
  assert.ok(sizes.packed < 120_000, `${sizes.packed} bytes compressed`);
});

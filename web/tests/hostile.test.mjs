// Words that want to be more than words: shown, never run, wherever they stand.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { serve, views } from "./served.mjs";

const attack = `<script>globalThis.ran=1</script><img src=x onerror="globalThis.ran=1">`;
const long = "Gazafoo".repeat(300);
const reports = {
  "attack.txt": `Date: 2031-12-02
Title: ${attack} "Quoted' <b>title</b> &amp; \u202etxet dessrever\u202c
Source: Wire <svg onload=globalThis.ran=1>

Peru's president said that "<script>globalThis.ran=1</script> Ecuador attacked Lima". Ecuador \u202econdemned Peru\u202c on Monday.
Police arrested Juan <img src=x onerror=globalThis.ran=1> Quispe in Lima. ${attack}
The ${long} said that Ecuador attacked Peru. Peru's army shelled ${long} on Tuesday.
`,
  "javascript.jsonl": `${JSON.stringify({ id: "javascript:globalThis.ran=1", date: "2031-12-03", title: "{{7*7}} ${alert(1)} <iframe srcdoc='x'>", text: "Peru condemned Ecuador on Wednesday. Ecuador denied it.", source: "=1+1", url: "javascript:globalThis.ran=1" })}\n`,
};

let served;
before(async () => {
  served = await serve(reports);
});
after(() => served?.end());

test("hostile words are shown and never run, in every view", async () => {
  const { rows } = await served.ask("/events?since=2031-12-01&limit=200");
  const report = rows.find((row) => row.publisher?.startsWith("Wire"))?.report_uid;
  const incident = rows.find((row) => row.report_uid === report)?.incident;
  assert.ok(report && incident);
  const all = await views(served);
  const span = "since=2031-12-01&until=2031-12-31";
  const hostile = [
    `/?${span}`, `/incidents?${span}`, `/claims?${span}`, `/incidents/${incident}`, `/reports/${report}`,
    "/search?words=Lima", "/actors?words=Gazafoo", `/actors/${encodeURIComponent(attack)}`,
    `/search?words=${encodeURIComponent(attack)}`, `/incidents?place=${encodeURIComponent(attack)}`, `/?since=${encodeURIComponent(attack)}`,
    ...Object.values(all),
  ];
  for (const path of hostile) {
    for (const width of [1280, 360]) {
      const page = await served.open(path, { width });
      await page.waitForTimeout(100);
      const state = await page.evaluate(() => ({
        ran: globalThis.ran,
        strange: [...document.querySelectorAll("main script, main img, main iframe, main b[onclick], main [onerror], main [onload]")].map((e) => e.outerHTML),
        addresses: [...document.querySelectorAll("a")].map((a) => a.getAttribute("href")).filter((href) => href && !href.startsWith("/") && !href.startsWith("#")),
        steering: /[\u202a-\u202e\u2066-\u2069]/.test(document.body.textContent),
        wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      }));
      assert.deepEqual(state, { ran: undefined, strange: [], addresses: [], steering: false, wide: 0 }, `${path} at ${width}`);
      const faults = page.faults.filter((fault) => !fault.includes("status of 40"));
      assert.deepEqual(faults, [], path);
      await page.context().close();
    }
  }
});

test("the text of the report is all there", async () => {
  const { reports: found } = await served.ask("/search?words=Quispe");
  const page = await served.open(`/reports/${found[0].id}`);
  const text = await page.locator(".text").textContent();
  assert.ok(text.includes('<script>globalThis.ran=1</script> Ecuador attacked Lima'), text.slice(0, 400));
  assert.ok(text.includes("\ufffdcondemned Peru\ufffd"), "marks of direction are shown");
  await page.context().close();
});

test("no script of another site, nor an inline one, runs on the page", async () => {
  const page = await served.open("/");
  const blocked = await page.evaluate(async () => {
    const inline = document.createElement("script");
    try {
      inline.textContent = "globalThis.ran = 1";
      document.head.append(inline);
    } catch {
      // Trusted types refuse it even earlier.
    }
    try {
      document.body.insertAdjacentHTML("beforeend", "<img src=x onerror='globalThis.ran=1'>");
    } catch {
      // As above.
    }
    const image = await fetch("https://other.example/").then(() => "reached", () => "blocked");
    return { ran: globalThis.ran, image };
  });
  assert.deepEqual(blocked, { ran: undefined, image: "blocked" });
  await page.context().close();
});

// What people set right from the page: signed, seen at once, undone.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { serve } from "./served.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
let served;
before(async () => {
  served = await serve();
});
after(() => served?.end());

test("incidents are merged, split again, and taken back, by somebody", async () => {
  const { rows } = await served.ask("/incidents?event=ASSAULT&limit=2");
  const [one, other] = rows.map((row) => row.id);
  const [moved] = (await served.ask(`/incidents/${other}`)).events;
  const page = await served.open(`/incidents/${one}`);
  await page.locator(".correct summary").click();
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  assert.deepEqual(violations.map(({ id }) => id), []);

  await page.fill("#other", other);
  await page.getByRole("button", { name: "Merge" }).click();
  await page.waitForSelector(".correct .bad");
  assert.match(await page.locator(".correct .bad").innerText(), /who sets it right/);
  await page.fill("#by", "Ana Analyst");
  await page.fill("#note", "the same raid <b>twice</b>");
  await page.getByRole("button", { name: "Merge" }).click();
  await page.waitForSelector(".telling + .telling");
  const merged = await served.ask(`/incidents/${one}`);
  assert.ok(merged.events.length >= 2);
  assert.match(merged.corrections[0].told, /Ana Analyst.*merge.*the same raid <b>twice<\/b>/);

  await page.locator(`.correct input[type=checkbox][value=${moved.id}]`).check();
  await page.getByRole("button", { name: "Split off" }).click();
  await page.waitForFunction(() => document.querySelectorAll(".telling").length === 1);
  const { rows: made } = await served.ask("/corrections");
  assert.deepEqual(made.map(({ kind, by }) => [kind, by]), [["split", "Ana Analyst"], ["merge", "Ana Analyst"]]);

  await page.locator(".made button").last().click();
  await page.waitForSelector(".correct [role=status]:has-text('Undone')");
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("another actor, another act, and no event at all", async () => {
  const { rows } = await served.ask("/incidents?dyad=PER:ECU&limit=1");
  const page = await served.open(`/incidents/${rows[0].id}`);
  await page.locator(".correct summary").click();
  await page.fill("#by", "Ben");
  await page.fill("#who", "Quispe's crew");
  await page.fill("#country", "per");
  await page.getByRole("button", { name: "Set right" }).click();
  await page.waitForSelector("h1:has-text(\"Quispe's crew\")");
  await page.fill("#cameo", "130");
  await page.getByRole("button", { name: "Set code" }).click();
  await page.waitForSelector(".facts:has-text('CAMEO 130')");
  const { rows: made } = await served.ask("/corrections?limit=1");
  assert.deepEqual([made[0].kind, made[0].by, made[0].value], ["code", "Ben", "THREATEN 130"]);
  assert.match(made[0].made, /^20\d\d-/);
  await page.getByRole("button", { name: "Not an event" }).click();
  await page.waitForURL("**/incidents");
  const gone = await served.ask(`/incidents/${rows[0].id}`);
  assert.equal(gone.status, 404);
  await page.context().close();
});

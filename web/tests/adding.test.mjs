// A file that is dropped on the page, and what others add meanwhile.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { program, serve } from "./served.mjs";

let served;
before(async () => {
  served = await serve();
});
after(() => served?.end());

const talks = "Date: 2031-12-04\nTitle: Talks fail\nSource: Wire\n\nPeru condemned Ecuador on Thursday. Talks failed.\n";

test("a chosen file is added, told of, and on the page at once", async () => {
  const page = await served.open("/incidents?source=Wire");
  assert.ok((await page.innerText("main")).includes("Nothing in the record fits"));
  const file = join(served.folder, "talks.txt");
  writeFileSync(file, talks);
  await page.setInputFiles("input[type=file]", file);
  await page.waitForSelector(".adding [role=status] p:has-text('1 report added')");
  await page.waitForSelector(".lines > li");
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("a dropped file that cannot be read is named with its reason", async () => {
  const page = await served.open("/");
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.items.add(new File([new Uint8Array([0, 1, 2, 0])], "noise.txt"));
    document.dispatchEvent(new DragEvent("dragover", { dataTransfer: data, bubbles: true, cancelable: true }));
    document.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
  });
  const told = page.locator(".adding .bad");
  await told.waitFor();
  assert.match(await told.innerText(), /noise\.txt.*binary/);
  await page.context().close();
});

test("a large file tells how far it is", async () => {
  const page = await served.open("/");
  const lines = Array.from({ length: 1500 }, (_, at) => {
    const people = 10 + at;
    return JSON.stringify({ id: `many-${at}`, date: "2031-12-05", source: "Many", text: `Police arrested ${people} people in Lima on Friday. Ecuador condemned the arrest of the ${people}. Talks in Quito failed.` });
  });
  const file = join(served.folder, "many.jsonl");
  writeFileSync(file, lines.join("\n"));
  await page.setInputFiles("input[type=file]", file);
  await page.waitForSelector(".adding progress");
  const told = page.locator(".adding [role=status]");
  await told.filter({ hasText: /Reading many\.jsonl: [\d,]+ reports? so far/ }).waitFor();
  await told.filter({ hasText: /many\.jsonl: [\d,]+ reports? added/ }).waitFor({ timeout: 120_000 });
  assert.equal(await page.locator(".adding progress").count(), 0);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("what another process adds comes onto an open page by itself", async () => {
  const page = await served.open("/incidents?source=Courier");
  assert.equal(await page.locator(".lines > li").count(), 0);
  // The server tells of what comes in once somebody listens.
  await page.waitForTimeout(2500);
  const file = join(served.folder, "other.txt");
  writeFileSync(file, talks.replace("Wire", "Courier").replace("Peru condemned", "Chile condemned"));
  execFileSync(program, ["add", file, "--record", join(served.folder, "test.tidings")]);
  await page.waitForSelector(".lines > li");
  await page.context().close();
});

test("with a token the page opens once it is shown, and keeps it", async () => {
  const token = "a-secret-of-24-characters";
  const guarded = await serve({}, { options: ["--token", token] });
  try {
    const answer = await fetch(`${guarded.address}/`);
    assert.equal(answer.status, 401);
    const page = await guarded.open(`/?token=${token}`);
    assert.ok(!page.url().includes("token"), "it does not stay in the address");
    assert.ok(await page.locator("h1").isVisible());
    await page.goto(`${guarded.address}/incidents`);
    await page.waitForSelector(".lines > li");
    assert.equal(await page.evaluate(() => document.cookie), "", "no script reads it");
    assert.deepEqual(page.faults, []);
    await page.context().close();
  } finally {
    await guarded.end();
  }
});

test("a page to be read only offers no adding", async () => {
  const read = await serve({}, { options: ["--read-only"] });
  try {
    const page = await read.open("/");
    assert.equal(await page.locator("button", { hasText: "Add reports" }).count(), 0);
    const { rows } = await read.ask("/incidents?limit=1");
    await page.goto(`${read.address}/incidents/${rows[0].id}`);
    await page.waitForSelector(".telling");
    assert.equal(await page.locator(".correct").count(), 0);
    await page.context().close();
  } finally {
    await read.end();
  }
});

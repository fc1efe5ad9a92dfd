// A file that is dropped on the page, and what others add meanwhile.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { serve } from "./served.mjs";

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

test("a page to be read only offers no adding", async () => {
  const read = await serve({}, { options: ["--read-only"] });
  try {
    const page = await read.open("/");
    assert.equal(await page.locator("button", { hasText: "Add reports" }).count(), 0);
    await page.context().close();
  } finally {
    await read.end();
  }
});

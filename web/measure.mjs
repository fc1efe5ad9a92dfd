// How soon the first view of a record is there: node measure.mjs RECORD [TIMES]. The server is started anew each time, the browser
// knows nothing of the page; told are the first paint with content and the moment at which the timeline stands.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";
import { browserAt, program } from "./tests/served.mjs";

const [record, times = "5"] = process.argv.slice(2);
if (!record) throw new Error("name a record: node measure.mjs large.tidings");
for (let run = 0; run < Number(times); run += 1) {
  const server = spawn(program, ["serve", "--record", record, "--port", "0", "--read-only"], { stdio: ["ignore", "pipe", "inherit"] });
  const address = await new Promise((told) => createInterface({ input: server.stdout }).once("line", told));
  const browser = await chromium.launch({ executablePath: browserAt, args: ["--no-sandbox"] });
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(address.trim());
  await page.waitForSelector(".timeline svg a.mark");
  const { paint, whole } = await page.evaluate(() => ({
    paint: performance.getEntriesByName("first-contentful-paint")[0]?.startTime,
    whole: performance.now(),
  }));
  console.log(`first paint ${Math.round(paint)} ms, timeline with its marks ${Math.round(whole)} ms`);
  await browser.close();
  server.kill();
}

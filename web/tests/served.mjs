// Starts the binary over a record made for a test, and a browser that looks at it.
import { spawn, execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";

const root = new URL("../../", import.meta.url).pathname;
export const program = process.env.TIDINGS ?? join(root, "target/debug/tidings");
export const browserAt = process.env.CHROMIUM ?? ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);

/** A page over the examples, and over reports of one's own: name and text of each. */
export async function serve(reports = {}, { examples = true, options = [] } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "tidings-page-"));
  const record = join(folder, "test.tidings");
  const named = Object.entries(reports).map(([name, text]) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  });
  execFileSync(program, ["add", ...(examples ? [join(root, "examples/reports")] : []), ...named, "--record", record]);
  const server = spawn(program, ["serve", "--record", record, "--port", "0", ...options], { stdio: ["ignore", "pipe", "inherit"] });
  const lines = createInterface({ input: server.stdout });
  const [address] = await new Promise((resolve, reject) => {
    lines.once("line", (line) => resolve([line.trim().replace(/\/$/, "")]));
    server.once("exit", () => reject(new Error("the server did not start")));
  });
  const browser = await chromium.launch({ executablePath: browserAt, args: ["--no-sandbox"] });
  return {
    address,
    folder,
    ask: async (path) => (await fetch(`${address}/api/v1${path}`)).json(),
    /** A view, looked at; every error of the page fails the test that opened it. */
    open: async (path, { width = 1280, height = 900, dark = false, touch = false } = {}) => {
      const context = await browser.newContext({ viewport: { width, height }, colorScheme: dark ? "dark" : "light", reducedMotion: "reduce", hasTouch: touch, isMobile: touch });
      // A slow machine that does other things as well is no fault of the page.
      context.setDefaultTimeout(90_000);
      const page = await context.newPage();
      page.faults = [];
      page.on("pageerror", (error) => page.faults.push(error.message));
      page.on("console", (message) => message.type() === "error" && page.faults.push(message.text()));
      page.on("dialog", (dialog) => {
        page.faults.push(`a dialog: ${dialog.message()}`);
        void dialog.dismiss();
      });
      await page.goto(address + path);
      await page.waitForSelector("h1");
      await page.waitForFunction(() => !document.querySelector(".waiting, .stale"));
      return page;
    },
    end: async () => {
      await browser.close();
      server.kill();
      await new Promise((done) => (server.exitCode === null ? server.once("exit", done) : done()));
      rmSync(folder, { recursive: true });
    },
  };
}

/** The addresses of one view of each kind. */
export async function views({ ask }) {
  const span = "since=2031-03-01&until=2031-12-01";
  const { rows } = await ask("/incidents?dyad=PER:ECU&limit=1");
  const { events } = await ask(`/incidents/${rows[0].id}`);
  return {
    overview: `/?${span}`,
    incidents: "/incidents?event=ASSAULT",
    incident: `/incidents/${rows[0].id}`,
    actors: "/actors",
    actor: "/actors/Peru",
    dyads: `/dyads?${span}`,
    dyad: "/dyads/PER:ECU",
    claims: "/claims",
    dates: "/dates?on=2031-04-03",
    report: `/reports/${events[0].report_uid}?at=${events[0].id}`,
    search: "/search?words=boat",
  };
}

/** The page as `yuma web` serves it, opened in a browser of Debian's. */
import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { PROJECT } from "../root.js";
import { type BrowserName, complaintsOf, launch } from "./launch.js";

const MAIN = fileURLToPath(new URL("dist/host/cli/main.js", PROJECT));

/** A running `yuma web`. */
export interface WebCommand {
  readonly url: string;
  /** Ends it as Ctrl-C does; its exit code. */
  end(): Promise<number | null>;
}

/** Starts `yuma web` on a free port. */
export function startWeb(): Promise<WebCommand> {
  const child: ChildProcess = spawn(process.execPath, [MAIN, "web", "--port", "0"]);
  let [out, err] = ["", ""];
  child.stderr?.on("data", (piece) => {
    err += piece;
  });
  return new Promise((resolve, reject) => {
    child.on("close", (code) => reject(new Error(`yuma web ended with ${code}: ${err}`)));
    child.stdout?.on("data", (piece) => {
      out += piece;
      const url = /^http:\S+\n/.exec(out)?.[0].trim();
      if (url !== undefined) resolve({ url, end: () => ended(child) });
    });
  });
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => {
    child.once("close", resolve);
    child.kill("SIGINT");
  });
}

/** A browser on the page of a running command. */
export interface Visit {
  readonly browser: Browser;
  readonly context: BrowserContext;
  readonly page: Page;
  /** What went wrong in the page so far. */
  readonly complaints: string[];
}

/** Starts the browser and waits for the first verdict. */
export async function visit(
  url: string,
  options: Parameters<Browser["newContext"]>[0] = {},
  name: BrowserName = "chromium",
): Promise<Visit> {
  const browser = await launch(name);
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints = complaintsOf(page);
  await page.goto(url);
  await settled(page);
  return { browser, context, page, complaints };
}

/** Waits until nothing is being opened. */
export async function settled(page: Page): Promise<void> {
  await page.waitForSelector('main[aria-busy="false"]');
}

/** Gives the page's file picker a file. */
export async function pick(page: Page, name: string, content: Uint8Array | string): Promise<void> {
  const buffer = Buffer.from(content as string);
  await page.setInputFiles('input[type="file"]', { name, mimeType: "application/json", buffer });
  await settled(page);
}

/** Drops files on the page as a hand does. */
export async function drop(page: Page, name: string, content: string): Promise<void> {
  const transfer = await page.evaluateHandle(
    ([file, text]) => {
      const held = new DataTransfer();
      held.items.add(new File([text as string], file as string, { type: "application/json" }));
      return held;
    },
    [name, content],
  );
  await page.dispatchEvent(".page", "dragover", { dataTransfer: transfer });
  await page.dispatchEvent(".page", "drop", { dataTransfer: transfer });
}

/**
 * The browsers pages are tested in: Debian's Chromium and Firefox, driven by playwright-core. A test of an absent one is skipped
 * with the reason.
 */
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, chromium, firefox, type Page } from "playwright-core";

/** The browsers, by name. */
export const BROWSERS = ["chromium", "firefox"] as const;
export type BrowserName = (typeof BROWSERS)[number];

/** Where each may be: named by the environment, else the first of these programs on the path. */
const PLACES = {
  chromium: { variable: "YUMA_CHROMIUM", programs: ["chromium", "chromium-browser", "google-chrome"] },
  firefox: { variable: "YUMA_FIREFOX", programs: ["firefox-esr", "firefox"] },
} as const;

/** A browser that has not started by then never will; on a busy machine a cold one takes its time. */
const START_MS = 110_000;

/** The program of a browser, or null where there is none. */
export function programOf(name: BrowserName): string | null {
  const { variable, programs } = PLACES[name];
  const given = process.env[variable];
  const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  const candidates = given ? [given] : programs.flatMap((program) => folders.map((folder) => join(folder, program)));
  return candidates.find(isProgram) ?? null;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Why a test in this browser cannot run here, or null if it can. The reason is printed. */
export function absentBrowser(name: BrowserName): string | null {
  if (programOf(name)) return null;
  const { variable, programs } = PLACES[name];
  const reason = `${name}: not run, none of ${programs.join(", ")} is installed and ${variable} names no program`;
  process.stderr.write(`${reason}\n`);
  return reason;
}

/** Starts a browser without a window. The caller closes it. */
export function launch(name: BrowserName): Promise<Browser> {
  const executablePath = programOf(name);
  if (executablePath === null) throw new Error(`There is no ${name} here; ask absentBrowser first.`);
  if (name === "chromium") {
    // Chromium's own sandbox does not work for root, as whom containers run tests.
    const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
    const args = [...sandbox, "--disable-background-networking", "--disable-dev-shm-usage"];
    return chromium.launch({ executablePath, args, timeout: START_MS });
  }
  // The channel makes playwright speak WebDriver BiDi, which Firefox as Debian builds it understands.
  return firefox.launch({ executablePath, channel: "moz-firefox", timeout: START_MS });
}

/** What goes wrong in a page, as it happens: errors on the console, uncaught ones, requests that fail, refused by the policy or not. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => complaints.push(`uncaught: ${error.message}`));
  page.on("requestfailed", (request) => complaints.push(`${request.url()}: ${request.failure()?.errorText}`));
  return complaints;
}

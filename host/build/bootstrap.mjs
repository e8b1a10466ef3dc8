// Makes a clone ready: installs what package-lock.json pins, if it is not there yet, and builds, if any source is newer than
// what was built. `npm test`, `npm run demo` and `npm run yuma` begin with it, so that each works alone.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const installed = `${root}node_modules/.package-lock.json`;

/** Whether every pinned package stands in node_modules in its pinned version. */
function isInstalled() {
  if (!existsSync(installed)) return false;
  const have = JSON.parse(readFileSync(installed, "utf8")).packages;
  const want = JSON.parse(readFileSync(`${root}package-lock.json`, "utf8")).packages;
  return Object.entries(want).every(
    ([path, pinned]) => path === "" || pinned.optional === true || have[path]?.version === pinned.version,
  );
}

/** Runs npm quietly; what it printed is shown only if it fails. */
function npm(...words) {
  process.stderr.write(`yuma: npm ${words.join(" ")}\n`);
  const npmScript = process.env.npm_execpath;
  const [command, first] = npmScript ? [process.execPath, [npmScript]] : ["npm", []];
  const done = spawnSync(command, [...first, ...words], { cwd: root, encoding: "utf8" });
  if (done.status === 0) return;
  process.stderr.write(`${done.stdout ?? ""}${done.stderr ?? ""}${done.error ?? ""}\n`);
  process.exit(done.status ?? 1);
}

/** When the newest file at or below `path` was written. */
function newest(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(`${path}/${name}`)));
}

/** What the build reads. */
const SOURCES = [
  "assembly",
  "host",
  "bench",
  "test/fuzz",
  "test/ledger/sim",
  "test/mutation",
  "package-lock.json",
  "package.json",
  "asconfig.json",
  "tsconfig.json",
  "tsconfig.build.json",
];
const stamp = `${root}dist/built`;

function isBuilt() {
  if (!existsSync(stamp) || !existsSync(`${root}build/kernel.wasm`)) return false;
  const built = statSync(stamp).mtimeMs;
  return SOURCES.every((source) => newest(`${root}${source}`) <= built);
}

if (!isInstalled()) npm("ci", "--include=dev", "--no-audit", "--no-fund");
if (!isBuilt()) {
  npm("run", "build");
  writeFileSync(stamp, "");
}

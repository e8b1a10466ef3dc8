// Build step: puts the demo's data beside the compiled command and makes the command executable.
import { chmodSync, cpSync } from "node:fs";

const root = new URL("../../", import.meta.url);
cpSync(new URL("host/cli/demo/", root), new URL("dist/host/cli/demo/", root), { recursive: true });
chmodSync(new URL("dist/host/cli/main.js", root), 0o755);

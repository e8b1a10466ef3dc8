/** The package as npm would publish it, unpacked for consumers that know nothing of this repository. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { ROOT } from "./native.js";

/**
 * Packs what was built and unpacks it in the node_modules of an empty folder, beside the dependencies it declares and no others.
 * Returns the folder; the caller removes it.
 */
export function emptyConsumer(): { folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), "yuma-consumer-"));
  const modules = join(folder, "node_modules");
  const unpacked = join(modules, "yuma-kernel");
  mkdirSync(unpacked, { recursive: true });
  const words = ["pack", "--ignore-scripts", "--silent", "--pack-destination", folder];
  const tarball = execFileSync("npm", words, { cwd: ROOT, encoding: "utf8" }).trim();
  execFileSync("tar", ["-xzf", join(folder, tarball), "-C", unpacked, "--strip-components=1"]);
  const { dependencies } = JSON.parse(readFileSync(join(unpacked, "package.json"), "utf8")) as {
    dependencies: Record<string, string>;
  };
  for (const name of Object.keys(dependencies)) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(ROOT, "node_modules", name), join(modules, name));
  }
  return { folder, remove: () => rmSync(folder, { recursive: true }) };
}

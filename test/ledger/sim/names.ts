/** The names of errors the ledger declares, read from the lists in its files, so that a new area counts at once. */
import { readdirSync, readFileSync } from "node:fs";
import { PROJECT } from "../../support/root.js";

/** All of them, in order. */
export function declaredErrors(): string[] {
  const folder = new URL("host/ledger/", PROJECT);
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
  const names = files.flatMap((file) => {
    const text = readFileSync(new URL(file.replaceAll("\\", "/"), folder), "utf8");
    const lists = text.matchAll(/_ERRORS = \[([^\]]*)\] as const/g);
    return [...lists].flatMap(([, list = ""]) => [...list.matchAll(/"([^"]+)"/g)].map(([, name = ""]) => name));
  });
  return [...new Set(names)].sort();
}

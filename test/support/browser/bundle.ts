/** Programs for pages under test, each made one file. */
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { PROJECT } from "../root.js";

/** The text of a program and all it imports; the path counts from the project's root. */
export async function bundled(entry: string): Promise<{ text: string }> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(entry, PROJECT))],
    bundle: true,
    write: false,
    format: "esm",
    target: "es2022",
    logLevel: "warning",
  });
  const [file] = outputFiles;
  if (file === undefined) throw new Error(`${entry} made no file.`);
  return { text: file.text };
}

/** A page that runs these programs. */
export function pageOf(...programs: string[]): { text: string } {
  const scripts = programs.map((program) => `<script type="module" src="${program}"></script>`);
  // An icon of its own keeps browsers from asking for one.
  const head =
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>test</title><link rel="icon" href="data:,">';
  return { text: `${head}${scripts.join("")}` };
}

// Build step: compiles every WebAssembly artefact from its entry, each by the target of its name in asconfig.json. As many
// at once as there are processors; a compiler that fails ends the build with what it printed. A folder given as argument
// takes the artefacts instead of build/, for comparing two builds; a target after it, that one alone.
import { spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));

const [, , folder, only] = process.argv;

/** Target, entry, artefact. */
const KERNELS = [
  ["release", "assembly/index.ts", "kernel.wasm"],
  ["scalar", "assembly/index.ts", "kernel.scalar.wasm"],
  ["wasi", "assembly/wasi.ts", "kernel.wasi.wasm"],
  ["selfTest", "assembly/selfTest.ts", "selfTest.wasm"],
];

function compile(target, entry, artefact) {
  return new Promise((resolve, reject) => {
    const words = ["node_modules/assemblyscript/bin/asc.js", entry, "--target", target];
    if (folder) words.push("--outFile", join(folder, artefact), "--textFile", join(folder, `${artefact}.wat`));
    const compiler = spawn(process.execPath, words, { cwd: root });
    let printed = "";
    for (const stream of [compiler.stdout, compiler.stderr]) stream.on("data", (text) => (printed += text));
    compiler.on("error", reject);
    compiler.on("close", (status) =>
      status === 0 ? resolve() : reject(new Error(`asc ${entry} --target ${target} failed:\n${printed}`)),
    );
  });
}

const waiting = KERNELS.filter(([target]) => !only || target === only);
async function work() {
  for (let next = waiting.shift(); next; next = waiting.shift()) await compile(...next);
}
await Promise.all(Array.from({ length: Math.min(availableParallelism(), waiting.length) }, work));

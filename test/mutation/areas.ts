/**
 * Parts of the kernel that share nothing but its numbers: a mutant of one is built with that one alone, and asked about nothing else. A mutant
 * of the numbers themselves is built with the whole kernel and asked everything.
 */
import { sourceOf } from "./source.js";

/** The area of each folder with arithmetic in it; of two that fit, the one named first. */
const FOLDERS = {
  fused: ["assembly/consensus/fused"],
  consensus: ["assembly/consensus"],
  emission: ["assembly/emission"],
  pool: ["assembly/pool"],
  numbers: ["assembly/fixed", "assembly/linear"],
} as const;

export type Area = keyof typeof FOLDERS;
export const AREAS = Object.keys(FOLDERS) as readonly Area[];

/** Every folder with arithmetic in it, that of another left out. */
export const ARITHMETIC: readonly string[] = Object.values(FOLDERS)
  .flat()
  .filter((folder, _, all) => !all.some((other) => folder.startsWith(`${other}/`)));

/** The area a file belongs to. */
export function areaOf(file: string): Area {
  const found = AREAS.find((area) => FOLDERS[area].some((folder) => file.startsWith(`${folder}/`)));
  if (found === undefined) throw new Error(`${file} belongs to no area.`);
  return found;
}

const exporting = (...modules: readonly string[]) =>
  [...modules.map((name) => `export * from "../assembly/${name}";`), FAILURES].join("\n");
const FAILURES = `export { errorCode, errorValue } from "../assembly/trap";`;

/** Stands for whoever begins next and so gives all memory back, which in the whole kernel an epoch or an aggregate does. */
const NEXT = `import * as arena from "../assembly/arena";
const bottom = arena.mark();
export function mechanismsBegin(n: u32): void { if (n === 0) arena.release(bottom); }`;

/** The area's kernel as an entry in AssemblyScript, whose imports start at build/. */
export function entryOf(area: Area): string {
  if (area === "emission")
    return `${exporting("emission/abi", "emission/dividendsAbi", "emission/registrationAbi")}\n${NEXT}`;
  if (area === "pool") return exporting("pool/abi", "pool/sharesAbi");
  const whole = (sourceOf("assembly/index.ts") ?? "").replaceAll('"./', '"../assembly/').split("\n");
  const isBesideEpochs = (line: string) => /^export \* from "..\/assembly\/(emission|pool|linear)\//.test(line);
  return (area === "numbers" ? whole : whole.filter((line) => !isBesideEpochs(line))).join("\n");
}

/** A kernel: one instance of the WebAssembly module, its memory, and its failures turned into typed errors. */
import { instantiateSync } from "@assemblyscript/loader";
import * as abi from "../../assembly/contract.js";
import * as emission from "../../assembly/emission/contract.js";
import { ERROR_ROW_LENGTH } from "../../assembly/linear/contract.js";
import { ERROR_POOL_SLOT } from "../../assembly/pool/contract.js";
import { YumaError, type YumaErrorCode } from "../errors.js";
import { DIVIDENDS_FUNCTIONS, type DividendsExports } from "./dividendsExports.js";
import { EMISSION_FUNCTIONS, type EmissionExports } from "./emissionExports.js";
import { POOL_FUNCTIONS, type PoolExports } from "./poolExports.js";
import { REGISTRATION_FUNCTIONS, type RegistrationExports } from "./registrationExports.js";
import { ROW_FUNCTIONS, type RowExports } from "./rowExports.js";
import { SHARES_FUNCTIONS, type SharesExports } from "./sharesExports.js";

/** What the kernel exports; assembly/index.ts says what each does. */
export interface KernelExports
  extends DividendsExports,
    EmissionExports,
    PoolExports,
    RegistrationExports,
    RowExports,
    SharesExports {
  readonly memory: WebAssembly.Memory;
  readonly errorCode: WebAssembly.Global;
  readonly errorValue: WebAssembly.Global;
  abiVersion(): number;
  epochBytes(n: number, weights: number, bonds: number): bigint;
  epochBegin(n: number, weights: number, bonds: number): number;
  epochInput(id: number): number;
  epochCheck(): void;
  epochRun(): void;
  epochResult(flags: number): number;
  epochField(id: number): number;
  epochPath(path: number): void;
  epochPathTaken(): number;
  epochCounter(id: number): number;
  mechanismsBegin(n: number): void;
  mechanismsAdd(part: bigint, total: bigint, first: number): void;
  aggregateField(id: number): number;
  splitInput(): number;
  splitEmission(total: bigint, count: number, length: number): number;
  weighingSlot(): number;
  weigh(existing: bigint, added: bigint): bigint;
  fixedSlots(): number;
  fixedApply(format: number, operation: number): number;
  alphaSigmoid(consensus: bigint, weight: bigint, bond: bigint, low: bigint, high: bigint, slope: bigint): bigint;
  sigmoidSlope(steepness: bigint): bigint;
}

/** An instance and the module it came from. Not thread-safe; one epoch at a time. */
export interface Kernel {
  readonly module: WebAssembly.Module;
  readonly exports: KernelExports;
  readonly memory: WebAssembly.Memory;
}

/** What an error's number means; its value is a uid where the details are to say so, of the field named. */
interface Meaning {
  readonly code: YumaErrorCode;
  readonly text: string;
  readonly uidOf?: string;
}

const MEANING: Readonly<Record<number, Meaning>> = {
  [abi.ERROR_MEMORY]: { code: "TOO_LARGE", text: "The kernel cannot get that much memory (bytes)" },
  [abi.ERROR_UIDS]: { code: "TOO_LARGE", text: `A subnet has 1 to ${abi.MAX_UIDS} uids, not` },
  [abi.ERROR_ENTRIES]: { code: "TOO_LARGE", text: `A matrix has at most ${abi.MAX_ENTRIES} entries, not` },
  [abi.ERROR_ROWS]: { code: "BAD_VALUE", text: "Row starts must not descend; they do at row" },
  [abi.ERROR_OWNER]: { code: "BAD_UID", text: "The owner's uid is not in the subnet:" },
  [abi.ERROR_FIELD]: { code: "BAD_VALUE", text: "Out of range: field or scalar number" },
  [abi.ERROR_STATE]: { code: "BAD_STATE", text: "Called out of order, with" },
  [abi.ERROR_OPERATION]: { code: "BAD_OPERATION", text: "No such fixed-point operation:" },
  [abi.ERROR_RULES]: { code: "UNKNOWN_RULES", text: "No such rules:" },
  [abi.ERROR_MECHANISMS]: { code: "BAD_VALUE", text: "Mechanisms and split do not fit:" },
  [abi.ERROR_STAKE]: {
    code: "STAKE_OVERFLOW",
    text: "Stakes sum to 2^63 rao or more, reached at uid",
    uidOf: "alphaStake",
  },
  [abi.ERROR_PERMIT]: { code: "BAD_VALUE", text: "A permit is 0 or 1; it is not at uid" },
  [abi.ERROR_DUPLICATE]: { code: "DUPLICATE_UID", text: "A uid stands twice in row" },
  [ERROR_ROW_LENGTH]: { code: "TOO_LARGE", text: `A row has at most ${abi.MAX_UIDS} uids and values, not` },
  [emission.ERROR_HOTKEYS]: { code: "TOO_LARGE", text: `A table has at most ${emission.MAX_HOTKEYS} hotkeys, not` },
  [emission.ERROR_LINKS]: {
    code: "TOO_LARGE",
    text: `A table has at most ${emission.MAX_LINKS} links to parents, and to children, not`,
  },
  [emission.ERROR_HOTKEY]: { code: "BAD_VALUE", text: "Not in the table: hotkey number" },
  [emission.ERROR_SUBNETS]: { code: "TOO_LARGE", text: `A block has at most ${emission.MAX_SUBNETS} subnets, not` },
  [abi.ERROR_VERSION]: { code: "BAD_BINARY", text: "No such version or flags of the binary format:" },
  [ERROR_POOL_SLOT]: { code: "BAD_VALUE", text: "An operand of the pool is out of range: slot" },
};

const FUNCTIONS: readonly (keyof KernelExports)[] = [
  "epochBytes",
  "epochBegin",
  "epochInput",
  "epochRun",
  "epochField",
  "mechanismsBegin",
  "mechanismsAdd",
  "aggregateField",
  "splitInput",
  "splitEmission",
  "weighingSlot",
  "weigh",
  "fixedSlots",
  "fixedApply",
  "alphaSigmoid",
  "sigmoidSlope",
  ...POOL_FUNCTIONS,
  ...DIVIDENDS_FUNCTIONS,
  ...REGISTRATION_FUNCTIONS,
  ...SHARES_FUNCTIONS,
  ...ROW_FUNCTIONS,
  ...EMISSION_FUNCTIONS,
];
const GLOBALS: readonly (keyof KernelExports)[] = ["errorCode", "errorValue"];

/** Exports a sentence names; the details have all of them. */
const MOST_NAMED = 14;

/** Compiles bytes into a module. Throws BAD_KERNEL if they are not WebAssembly. */
export function compile(bytes: BufferSource): WebAssembly.Module {
  try {
    return new WebAssembly.Module(bytes);
  } catch (cause) {
    throw new YumaError("BAD_KERNEL", `These bytes are not a WebAssembly module: ${reason(cause)}.`);
  }
}

/** Makes a fresh instance. Throws BAD_KERNEL if the module is not this kernel, ABI_MISMATCH if it is another version of it. */
export function instantiate(module: WebAssembly.Module): Kernel {
  let exports: KernelExports;
  try {
    // The functions as they are: the loader's own wrappers are for optional arguments, which the kernel has none of.
    exports = { ...instantiateSync(module, {}).instance.exports } as unknown as KernelExports;
  } catch (cause) {
    throw new YumaError("BAD_KERNEL", `This module is not a Yuma kernel: ${reason(cause)}.`);
  }
  if (typeof exports.abiVersion !== "function" || !(exports.memory instanceof WebAssembly.Memory)) {
    throw new YumaError("BAD_KERNEL", "This module is not a Yuma kernel: it exports no ABI version or no memory.");
  }
  checkVersion(exports);
  checkExports(exports);
  return { module, exports, memory: exports.memory };
}

function checkVersion(exports: KernelExports): void {
  let version: unknown;
  try {
    version = exports.abiVersion();
  } catch (cause) {
    throw new YumaError("BAD_KERNEL", `This module is not a Yuma kernel: ${reason(cause)}.`);
  }
  if (version !== abi.ABI_VERSION) {
    throw new YumaError("ABI_MISMATCH", `The kernel speaks ABI ${version}, this host speaks ABI ${abi.ABI_VERSION}.`, {
      kernel: typeof version === "number" ? version : String(version),
      host: abi.ABI_VERSION,
    });
  }
}

/** A module may claim the version and still lack what it promises. */
function checkExports(exports: KernelExports): void {
  const missing = FUNCTIONS.filter((name) => typeof exports[name] !== "function").concat(
    GLOBALS.filter((name) => !(exports[name] instanceof WebAssembly.Global)),
  );
  if (missing.length > 0) {
    const more = missing.length > MOST_NAMED ? ` and ${missing.length - MOST_NAMED} more` : "";
    const names = missing.slice(0, MOST_NAMED).join(", ");
    const text = `This module is not a Yuma kernel: it does not export ${names}${more}.`;
    throw new YumaError("BAD_KERNEL", text, { missing });
  }
}

/** Runs `work` on the kernel; a trap comes out as the typed error it stands for. */
export function guarded<T>(kernel: Kernel, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (!(cause instanceof WebAssembly.RuntimeError)) throw cause;
    const { errorCode, errorValue } = kernel.exports;
    const number = errorCode.value as number;
    const value = BigInt.asUintN(64, errorValue.value as bigint);
    // A trap the kernel did not choose leaves no code; it must not be taken for the failure before it.
    errorCode.value = 0;
    errorValue.value = 0n;
    const meaning = MEANING[number];
    const text = meaning ? `${meaning.text} ${value}.` : `The kernel failed (error ${number}, value ${value}).`;
    const field = meaning?.uidOf;
    const of = field === undefined ? { value: value.toString() } : { field, uid: Number(value) };
    throw new YumaError(meaning?.code ?? "INTERNAL", text, { kernelError: number, ...of });
  }
}

function reason(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause);
  return text.replace(/^WebAssembly\.\w+\(\): /, "").replace(/\.$/, "");
}

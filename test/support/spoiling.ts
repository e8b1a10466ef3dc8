/** A kernel whose tables are full of rubbish wherever something is to be put out: no result may lean on what lay there. */
import * as abi from "../../assembly/emission/contract.js";
import type { Kernel, KernelExports } from "../../host/load/kernel.js";

const HOTKEY_OUTPUTS: Readonly<Record<string, readonly (readonly [array: number, bytes: number])[]>> = {
  inheritStake: [
    [abi.HOTKEY_INHERITED_ALPHA, 8],
    [abi.HOTKEY_INHERITED_TAO, 8],
    [abi.HOTKEY_TOTAL_STAKE, 16],
    [abi.HOTKEY_OWN_CONTRIBUTION, 8],
  ],
  shareDividends: [
    [abi.HOTKEY_OWN_CONTRIBUTION, 8],
    [abi.HOTKEY_SHARES, 8],
  ],
  splitDividends: [
    [abi.HOTKEY_ALPHA_DIVIDENDS, 16],
    [abi.HOTKEY_ROOT_DIVIDENDS, 16],
  ],
  distributeDividends: [
    [abi.HOTKEY_SHARES, 8],
    [abi.HOTKEY_DIVIDENDS, 16],
    [abi.HOTKEY_EARNS, 1],
    [abi.HOTKEY_ALPHA_DIVIDENDS, 16],
    [abi.HOTKEY_ROOT_DIVIDENDS, 16],
  ],
};
const fieldsBetween = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, k) => first + k);
const SUBNET_OUTPUTS = [
  ...fieldsBetween(abi.SUBNET_PRICE_SHARE, abi.SUBNET_NEW_MOVING_PRICE),
  ...fieldsBetween(abi.SUBNET_CREATED, abi.SUBNET_RECYCLED),
];

/** The same kernel, spoiling outputs before a block's first phase, and before each operation on hotkeys. */
export function spoiling({ module, exports, memory }: Kernel): Kernel {
  let [subnets, hotkeys, links] = [0, 0, 0];
  const spoil = (at: number, bytes: number) => new Uint8Array(memory.buffer, at >>> 0, bytes).fill(0xff);
  /** Dividends of those who earn none are not asked for. */
  const spoilUnearned = () => {
    const earns = new Uint8Array(memory.buffer, exports.hotkeysArray(abi.HOTKEY_EARNS) >>> 0, hotkeys);
    const dividends = exports.hotkeysArray(abi.HOTKEY_DIVIDENDS);
    for (const [i, flag] of earns.entries()) if (flag === 0) spoil(dividends + 16 * i, 16);
  };
  const spoiled = (name: string, run: (...operands: never[]) => unknown) => {
    return (...operands: never[]) => {
      if (name === "splitDividends") spoilUnearned();
      for (const [array, bytes] of HOTKEY_OUTPUTS[name] ?? []) {
        // One share for each link there might be, and one's own.
        spoil(exports.hotkeysArray(array), bytes * (array === abi.HOTKEY_SHARES ? links + 1 : hotkeys));
      }
      return run(...operands);
    };
  };
  const names = Object.keys(HOTKEY_OUTPUTS) as (keyof KernelExports)[];
  const operations = names.map((name) => [name, spoiled(name, exports[name] as never)]);
  const own: Partial<KernelExports> = {
    emissionBegin(n) {
      subnets = n;
      return exports.emissionBegin(n);
    },
    emissionRun(phases) {
      const outputs = (phases & abi.PHASE_SHARES) === 0 ? [] : SUBNET_OUTPUTS;
      for (const id of outputs) spoil(exports.emissionField(id), subnets * (id < abi.SUBNET_WIDE_FIELDS ? 16 : 8));
      exports.emissionRun(phases);
    },
    hotkeysBegin(n, parents, children) {
      [hotkeys, links] = [n, parents];
      return exports.hotkeysBegin(n, parents, children);
    },
    ...Object.fromEntries(operations),
  };
  return { module, memory, exports: { ...exports, ...own } };
}

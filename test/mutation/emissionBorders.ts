/**
 * The border of the kernel's emission, inheritance, dividends and registration: what its functions refuse, where tables lie, that they end with the
 * memory below them. Each question takes a fresh instance and is answered as text; EXPECTED has the right ones, by the contract's numbers.
 */
import * as abi from "../../assembly/emission/contract.js";
import type { Kernel, KernelExports } from "../../host/load/kernel.js";

/** A fresh instance of the same kernel. */
function fresh({ module }: Kernel): KernelExports {
  return new WebAssembly.Instance(module).exports as unknown as KernelExports;
}

/** "fine", or code and value of the trap, for each call. */
function traps(exports: KernelExports, calls: readonly (() => unknown)[]): string {
  const told = calls.map((call) => {
    try {
      call();
      return "fine";
    } catch {
      return `${exports.errorCode.value} ${BigInt.asIntN(64, exports.errorValue.value)}`;
    }
  });
  return told.join(", ");
}

const words = (exports: KernelExports, at: number, count: number) =>
  new Uint32Array(exports.memory.buffer, at >>> 0, count);

const tableTraps = (kernel: Kernel) => {
  const exports = fresh(kernel);
  const rule = (id: number, value: number) => () => {
    words(exports, exports.emissionBegin(1), 4 * abi.BLOCK_SCALARS)[4 * id] = value;
    exports.emissionRun(abi.PHASE_SHARES);
  };
  const begun = (call: () => unknown) => () => {
    exports.emissionBegin(1);
    call();
  };
  return traps(exports, [
    () => exports.emissionField(0),
    () => exports.emissionRun(1),
    () => exports.emissionPowNormalise(),
    begun(() => exports.emissionField(-1)),
    begun(() => exports.emissionField(abi.SUBNET_FIELDS - 1)),
    begun(() => exports.emissionField(abi.SUBNET_FIELDS)),
    begun(() => exports.emissionRun(abi.PHASES_ALL)),
    begun(() => exports.emissionRun(abi.PHASES_ALL + 1)),
    rule(abi.BLOCK_SHARES_RULE, 2),
    rule(abi.BLOCK_SHARES_RULE, 3),
    rule(abi.BLOCK_GATE_RULE, 2),
    rule(abi.BLOCK_GATE_RULE, 3),
    () => exports.emissionBegin(abi.MAX_SUBNETS),
    () => exports.emissionBegin(abi.MAX_SUBNETS + 1),
  ]);
};

/** Fields one behind the other, the next table right behind the last: the scalars, a wide field, a narrow one, the last. */
const tableLayout = (kernel: Kernel) => {
  const exports = fresh(kernel);
  const base = exports.emissionBegin(3);
  const at = Array.from({ length: abi.SUBNET_FIELDS }, (_, id) => exports.emissionField(id));
  const ends = [...at.slice(1), exports.hotkeysBegin(0, 0, 0)];
  const sizes = at.map((address, id) => ends[id]! - address);
  const unique = (list: readonly number[]) => [...new Set(list)].join("|");
  const [wide, narrow] = [sizes.slice(0, abi.SUBNET_WIDE_FIELDS), sizes.slice(abi.SUBNET_WIDE_FIELDS)];
  return [at[0]! - base, unique(wide), unique(narrow)].join(" ");
};

/** A table that fits lies where the one before lay, empty; one that does not, and has others above it, above those. */
const tableAgain = (kernel: Kernel) => {
  const exports = fresh(kernel);
  const first = exports.emissionBegin(5);
  words(exports, first, 1000).fill(0xffffffff);
  const again = [5, 3, 5, 6, 4].map((n) => exports.emissionBegin(n) - first);
  const isEmpty = words(exports, exports.emissionBegin(6), 96 + 6 * (17 * 4 + 16 * 2)).every((word) => word === 0);
  const above = exports.hotkeysBegin(1, 1, 1);
  const fits = exports.emissionBegin(6) - first;
  const longer = exports.emissionBegin(7);
  return [...again, isEmpty, fits, longer > above, exports.emissionBegin(7) - longer].join(" ");
};

const ended = (kernel: Kernel) => {
  const exports = fresh(kernel);
  exports.hotkeysBegin(1, 0, 0);
  exports.emissionBegin(1);
  exports.hotkeysBegin(1, 0, 0);
  const table = traps(exports, [() => exports.emissionField(0), () => exports.hotkeysArray(0)]);
  exports.mechanismsBegin(0);
  const hotkeys = traps(exports, [
    () => exports.hotkeysArray(0),
    exports.inheritStake,
    () => exports.shareDividends(0, 1n),
    exports.splitDividends,
    exports.distributeDividends,
  ]);
  const again = [exports.hotkeysBegin(2, 1, 1), exports.hotkeysBegin(9, 9, 9), exports.hotkeysBegin(2, 1, 1)];
  return `${table}; ${hotkeys}; ${new Set(again).size}`;
};

const hotkeyTraps = (kernel: Kernel) => {
  const exports = fresh(kernel);
  const never = traps(exports, [() => exports.hotkeysArray(0), exports.inheritStake, exports.distributeDividends]);
  exports.hotkeysBegin(2, 0, 0);
  const inside = traps(exports, [
    () => exports.hotkeysArray(-1),
    () => exports.hotkeysArray(abi.HOTKEY_ARRAYS - 1),
    () => exports.hotkeysArray(abi.HOTKEY_ARRAYS),
    () => exports.shareDividends(1, 5n),
    () => exports.shareDividends(2, 5n),
    () => exports.takePayout(65535),
    () => exports.takePayout(65536),
  ]);
  const sizes = traps(exports, [
    () => exports.hotkeysBegin(abi.MAX_HOTKEYS, 0, 0),
    () => exports.hotkeysBegin(abi.MAX_HOTKEYS + 1, 0, 0),
    () => exports.hotkeysBegin(0, abi.MAX_LINKS, 0),
    () => exports.hotkeysBegin(0, abi.MAX_LINKS + 1, 0),
    () => exports.hotkeysBegin(0, 0, abi.MAX_LINKS),
    () => exports.hotkeysBegin(0, 0, abi.MAX_LINKS + 1),
  ]);
  return `${never}; ${inside}; ${sizes}`;
};

/** Three hotkeys, two links to parents, two to children; rows and places as told. */
const rows = (kernel: Kernel) => {
  const exports = fresh(kernel);
  const table = (parents: number[], places: number[], children: number[], owner = 0) => {
    exports.hotkeysBegin(3, 2, 2);
    const put = (id: number, values: number[]) => words(exports, exports.hotkeysArray(id), values.length).set(values);
    put(abi.HOTKEY_PARENT_ROWS, parents);
    put(abi.HOTKEY_PARENTS, places);
    put(abi.HOTKEY_CHILD_ROWS, children);
    put(abi.HOTKEY_OWNER, [owner, owner, owner]);
  };
  const good = [0, 0, 1, 2];
  const tables: Parameters<typeof table>[] = [
    [good, [2, 2], [0, 0, 0, 2], 0xffffffff],
    [good, [3, 0], good],
    [good, [0, 3], good],
    [[1, 1, 1, 2], [0, 0], good],
    [[0, 2, 1, 2], [0, 0], good],
    [[0, 0, 3, 2], [0, 0], good],
    [[0, 0, 0, 1], [0, 0], good],
    [[0, 0, 0, 3], [0, 0], good],
    [good, [0, 0], [1, 1, 1, 2]],
    [good, [0, 0], [0, 0, 3, 2]],
    [good, [0, 0], [0, 0, 0, 3]],
  ];
  const asked = tables.map((one) =>
    traps(exports, [
      () => {
        table(...one);
        exports.inheritStake();
      },
    ]),
  );
  table(good, [0, 3], good);
  const all = traps(exports, [
    () => exports.shareDividends(0, 1n),
    exports.splitDividends,
    exports.distributeDividends,
  ]);
  return `${asked.join(", ")}; ${all}`;
};

/** Of every array that is named: apart from all others and 8-byte aligned; and how many bytes the table takes in all. */
const hotkeyLayout = (kernel: Kernel) => {
  const told = [
    [3, 5, 2],
    [8, 4, 1],
  ].map(([hotkeys = 0, parents = 0, children = 0]) => {
    const exports = fresh(kernel);
    const base = exports.hotkeysBegin(hotkeys, parents, children);
    const end = exports.emissionBegin(0);
    const perHotkey = [8, 8, 8, 8, 4, 2, 1, 0, 0, 0, 0, 0, 8, 8, 16, 8, 0, 16, 1, 16, 16];
    const others = new Map([
      [abi.HOTKEY_PARENT_ROWS, 4 * (hotkeys + 1)],
      [abi.HOTKEY_CHILD_ROWS, 4 * (hotkeys + 1)],
      [abi.HOTKEY_PARENT_PROPORTIONS, 8 * parents],
      [abi.HOTKEY_PARENTS, 4 * parents],
      [abi.HOTKEY_CHILD_PROPORTIONS, 8 * children],
      [abi.HOTKEY_SHARES, 8 * (parents + 1)],
    ]);
    const places = perHotkey
      .map((bytes, id) => ({ at: exports.hotkeysArray(id), bytes: others.get(id) ?? hotkeys * bytes }))
      .concat({ at: base, bytes: 8 * abi.HOTKEY_SCALARS })
      .sort((a, b) => a.at - b.at);
    const isWell = places.every(
      ({ at, bytes }, k) => at % 8 === 0 && at >= base && at + bytes <= (places[k + 1]?.at ?? end),
    );
    return `${isWell} ${end - base}`;
  });
  return told.join(", ");
};

const registrationTraps = (kernel: Kernel) => {
  const exports = fresh(kernel);
  const prune = (n: number, owner: number) => () => exports.pruneRun(n, 1n, 1n, 0, 1, owner);
  return traps(exports, [
    () => exports.powQ32(1n, 65535),
    () => exports.powQ32(1n, 65536),
    () => exports.burnDecayFactor(65535),
    () => exports.burnDecayFactor(65536),
    () => exports.burnAfterBlock(1n, 1n, 1n, 65535, 1n),
    () => exports.burnAfterBlock(1n, 1n, 1n, 65536, 1n),
    () => exports.pruneField(abi.PRUNE_PROTECTED),
    () => exports.pruneField(abi.PRUNE_PROTECTED + 1),
    () => exports.pruneField(-1),
    prune(4096, 4095),
    prune(4096, 4096),
    prune(4096, abi.PRUNE_NONE),
    prune(4097, 0),
  ]);
};

/** Products and powers that just fit 64 bits, and that just do not. */
const q32 = ({ exports }: Kernel) => {
  const [most, one] = [(1n << 64n) - 1n, 1n << 32n];
  const products = [
    [most, one],
    [most, one + 1n],
    [most, 2n * one],
    [1n << 63n, 2n * one - 1n],
    [1n << 63n, 2n * one],
    [1n << 62n, 8n * one],
    [most, most],
    [one - 1n, one - 1n],
  ] as const;
  return products.map(([value, factor]) => BigInt.asUintN(64, exports.mulQ32(value, factor))).join(" ");
};

/** By name; each returns text. */
export const emissionBorders = {
  tableTraps,
  tableLayout,
  tableAgain,
  ended,
  hotkeyTraps,
  hotkeyLayout,
  rows,
  registrationTraps,
  q32,
} as const satisfies Record<string, (kernel: Kernel) => string>;

const NO_TABLE = "8 0";

/** What is right: sizes by the contract's widths, codes by its names. */
export const EXPECTED_BORDERS: Readonly<Record<keyof typeof emissionBorders, string>> = {
  tableTraps: `${NO_TABLE}, 8 1, ${NO_TABLE}, 7 -1, fine, 7 33, fine, 7 32, fine, 10 3, fine, 10 3, fine, 40 4097`,
  tableLayout: "384 48 24",
  tableAgain: "0 0 0 0 0 true 0 true 0",
  ended: `${NO_TABLE}, fine; ${NO_TABLE}, ${NO_TABLE}, ${NO_TABLE}, ${NO_TABLE}, ${NO_TABLE}; 1`,
  hotkeyTraps: `${NO_TABLE}, ${NO_TABLE}, ${NO_TABLE}; 7 -1, fine, 7 21, fine, 62 2, fine, 7 65536; fine, 60 65537, fine, 61 1048577, fine, 61 1048577`,
  hotkeyLayout: "true 688, true 1312",
  rows: "fine, 62 3, 62 3, 5 0, 5 1, 5 2, 5 3, 5 3, 5 0, 5 2, 5 3; 62 3, 62 3, 62 3",
  registrationTraps: "fine, 7 65536, fine, 7 65536, fine, 7 65536, fine, 7 4, 7 -1, fine, 7 4096, fine, 3 4097",
  q32: [
    "18446744073709551615",
    "18446744073709551615",
    "18446744073709551615",
    String(2n ** 64n - 2n ** 31n),
    "18446744073709551615",
    "18446744073709551615",
    "18446744073709551615",
    "4294967294",
  ].join(" "),
};

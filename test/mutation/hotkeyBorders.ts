/** The border of the kernel's tables of hotkeys, asked as emissionBorders.ts asks. */
import * as abi from "../../assembly/emission/contract.js";
import type { Kernel } from "../../host/load/kernel.js";
import { fresh, NO_TABLE, traps, words } from "./fresh.js";

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

/** A table of hotkeys begins empty whatever lay there; who earns nothing is given nothing; and a flag is 1. */
const hotkeysAgain = (kernel: Kernel) => {
  const exports = fresh(kernel);
  const base = exports.hotkeysBegin(3, 1, 1);
  words(exports, base, 120).fill(0xffffffff);
  const isEmpty = words(exports, exports.hotkeysBegin(3, 1, 1), 120).every((word) => word === 0);
  // Half of a rao's dividends is the root's, and its pot so large that the least part of anything would show.
  const scalars = new BigUint64Array(exports.memory.buffer, base, abi.HOTKEY_SCALARS);
  scalars[abi.HOTKEY_SCALAR_TAO_WEIGHT] = (1n << 64n) - 1n;
  scalars[abi.HOTKEY_SCALAR_PENDING_VALIDATOR] = 1n << 63n;
  scalars[abi.HOTKEY_SCALAR_PENDING_ROOT] = 1n << 63n;
  for (const id of [abi.HOTKEY_ALPHA, abi.HOTKEY_ROOT_TAO, abi.HOTKEY_VALIDATOR])
    words(exports, exports.hotkeysArray(id), 6).set([0, 0, 1, 0, 0, 0]);
  words(exports, exports.hotkeysArray(abi.HOTKEY_PARENT_ROWS), 4).set([0, 0, 0, 1]);
  words(exports, exports.hotkeysArray(abi.HOTKEY_CHILD_ROWS), 4).set([0, 0, 0, 1]);
  new Uint8Array(exports.memory.buffer, exports.hotkeysArray(abi.HOTKEY_EMITTED), 3).set([0, 1, 0]);
  const outputs = [abi.HOTKEY_ALPHA_DIVIDENDS, abi.HOTKEY_ROOT_DIVIDENDS].map((id) =>
    words(exports, exports.hotkeysArray(id), 12),
  );
  for (const output of outputs) output.fill(1);
  exports.distributeDividends();
  const earns = new Uint8Array(exports.memory.buffer, exports.hotkeysArray(abi.HOTKEY_EARNS), 3).join("");
  const isNothing = outputs.every((output) => [...output.slice(0, 4), ...output.slice(8)].every((word) => word === 0));
  return `${isEmpty} ${earns} ${isNothing}`;
};

/** By name; each returns text. */
export const hotkeyBorders = { ended, hotkeyTraps, hotkeyLayout, hotkeysAgain, rows } as const satisfies Record<
  string,
  (kernel: Kernel) => string
>;

/** What is right: sizes by the contract's widths, codes by its names. */
export const EXPECTED_HOTKEYS: Readonly<Record<keyof typeof hotkeyBorders, string>> = {
  ended: `${NO_TABLE}, fine; ${NO_TABLE}, ${NO_TABLE}, ${NO_TABLE}, ${NO_TABLE}, ${NO_TABLE}; 1`,
  hotkeyTraps: `${NO_TABLE}, ${NO_TABLE}, ${NO_TABLE}; 7 -1, fine, 7 21, fine, 62 2, fine, 7 65536; fine, 60 65537, fine, 61 1048577, fine, 61 1048577`,
  hotkeyLayout: "true 688, true 1312",
  hotkeysAgain: "true 010 true",
  rows: "fine, 62 3, 62 3, 5 0, 5 1, 5 2, 5 3, 5 3, 5 0, 5 2, 5 3; 62 3, 62 3, 62 3",
};

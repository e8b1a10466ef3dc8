/**
 * What stake inheritance and dividends read, as the twin sees it: the same documents the library takes, every number a
 * decimal string, accounts "0x" and 64 lower-case hex digits.
 */

export type LinkRow = readonly [proportion: string, hotkey: string];

export interface Hotkey {
  readonly hotkey: string;
  readonly alphaStake?: string;
  readonly taoStake?: string;
  readonly owner?: string;
  readonly childkeyTake?: number;
  readonly parents?: readonly LinkRow[];
  readonly children?: readonly LinkRow[];
}

export interface Family {
  readonly taoWeight: string;
  readonly childkeyBurn: string;
  readonly hotkeys: readonly Hotkey[];
}

export interface Payday extends Family {
  readonly pendingServer: string;
  readonly pendingValidator: string;
  readonly pendingRoot: string;
  readonly emission: readonly (readonly [hotkey: string, server: string, validator: string])[];
}

/** Records by hotkey, remembered as long as their list. */
const known = new WeakMap<readonly Hotkey[], Map<string, Hotkey>>();

/** The record of a hotkey; one without any has the chain's defaults. */
export function recordOf({ hotkeys }: Pick<Family, "hotkeys">, hotkey: string): Required<Hotkey> {
  const none = { alphaStake: "0", taoStake: "0", owner: `0x${"00".repeat(32)}`, childkeyTake: 0 };
  const records = known.get(hotkeys) ?? new Map(hotkeys.map((one) => [one.hotkey, one]));
  known.set(hotkeys, records);
  return { ...none, parents: [], children: [], ...records.get(hotkey), hotkey };
}

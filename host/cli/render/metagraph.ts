/** A metagraph as a table of its uids. */
import type { Metagraph } from "../../chain/index.js";
import { fromRao, grouped, proportion } from "../../units.js";
import { type Column, printable, table } from "./table.js";

const COLUMNS: readonly Column[] = [
  { title: "uid" },
  { title: "hotkey", words: true },
  { title: "permit", words: true },
  { title: "alpha" },
  { title: "tao" },
  { title: "consensus" },
  { title: "incentive" },
  { title: "dividends" },
  { title: "emission" },
  { title: "updated" },
];

/** The table, under a line that says where and when. */
export function renderMetagraph({ network, netuid, block, specVersion, fields }: Metagraph): string {
  const list = (name: string) => (Array.isArray(fields[name]) ? (fields[name] as readonly unknown[]) : []);
  const share = (name: string, uid: number) => {
    const value = list(name)[uid];
    return typeof value === "number" ? proportion(value) : "";
  };
  const rao = (name: string, uid: number) => {
    const value = list(name)[uid];
    return typeof value === "bigint" || typeof value === "number" ? fromRao(BigInt(value), 3) : "";
  };
  const rows = list("hotkeys").map((hotkey, uid) => [
    String(uid),
    printable(String(hotkey), 48),
    list("validator_permit")[uid] === true ? "yes" : "",
    rao("alpha_stake", uid),
    rao("tao_stake", uid),
    share("consensus", uid),
    share("incentives", uid),
    share("dividends", uid),
    rao("emission", uid),
    String(list("last_update")[uid] ?? ""),
  ]);
  const head = `${network} subnet ${netuid}, block ${grouped(block)} (spec ${specVersion}), ${rows.length} uids`;
  return `${head}\n\n${table(COLUMNS, rows)}`;
}

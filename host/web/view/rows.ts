/** Which uids the metagraph shows, in which order, and where computed and recorded differ. */
import type { Finding } from "../../chain/verify/compare.js";
import type { Opened } from "../engine/types.js";
import type { Quantity } from "./format.js";

/** A column to sort by. */
export interface Sorting {
  readonly column: Quantity | "uid";
  readonly descending: boolean;
}

/** Uids one may look at alone. */
export type Role = "all" | "validators" | "miners" | "differences";

/** Findings by field, then by uid. */
export type Differences = ReadonlyMap<string, ReadonlyMap<number, Finding>>;

/** What is not equal, of the subnet and of one of its mechanisms. */
export function differencesOf({ fields }: Opened, ofMechid: number): Differences {
  const own = fields.filter(({ mechid }) => mechid === null || mechid === ofMechid);
  return new Map(own.map(({ field, findings }) => [field, new Map(findings.map((finding) => [finding.uid, finding]))]));
}

/** The roles worth choosing among. */
export function rolesOf(opened: Opened | null): Role[] {
  const roles: Role[] = ["all", "validators", "miners"];
  return opened !== null && opened.counts.differs > 0 ? [...roles, "differences"] : roles;
}

/** The uids that pass the filters, sorted; ties ascending by uid. */
export function uidsShown(
  opened: Opened,
  differences: Differences,
  choice: { readonly sorting: Sorting; readonly words: string; readonly role: Role },
): number[] {
  const passes = filterOf(opened, differences, choice.role);
  const found = finderOf(opened, choice.words);
  const uids = Array.from({ length: opened.n }, (_, uid) => uid).filter((uid) => passes(uid) && found(uid));
  const { column, descending } = choice.sorting;
  const sign = descending ? -1 : 1;
  if (column === "uid") return descending ? uids.reverse() : uids;
  const values = opened.numbers[column] as readonly (number | bigint)[];
  return uids.sort((a, b) => {
    const [left = 0, right = 0] = [values[a], values[b]];
    return left === right ? a - b : left < right ? -sign : sign;
  });
}

function filterOf({ numbers }: Opened, differences: Differences, role: Role): (uid: number) => boolean {
  if (role === "validators") return (uid) => numbers.validatorPermit[uid] ?? false;
  if (role === "miners") return (uid) => (numbers.incentive[uid] ?? 0) > 0;
  if (role === "differences") {
    const marked = [...differences.values()].flatMap((found) => [...found.values()]);
    const uids = new Set(marked.filter(({ outcome }) => outcome === "differs").map(({ uid }) => uid));
    return (uid) => uids.has(uid);
  }
  return () => true;
}

/** Words are uids, ranges of uids, or parts of hotkeys; a uid passes that fits one of them. */
function finderOf({ hotkeys }: Opened, words: string): (uid: number) => boolean {
  const wanted = words.split(/[\s,]+/).filter(Boolean);
  if (wanted.length === 0) return () => true;
  const tests = wanted.map((word) => {
    const [, from, to] = /^(\d+)(?:[-–](\d+))?$/.exec(word) ?? [];
    if (from !== undefined) return (uid: number) => uid >= Number(from) && uid <= Number(to ?? from);
    return (uid: number) => hotkeys?.[uid]?.toLowerCase().includes(word.toLowerCase()) ?? false;
  });
  return (uid) => tests.some((test) => test(uid));
}

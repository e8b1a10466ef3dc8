/** The shares suite: a pool taken through its steps, or SafeFloat calls, line by line. */
import { shown } from "../errors.js";
import type { Kernel } from "../load/kernel.js";
import { array, present, record, refuse, u64 } from "../marshal/values.js";
import { type SafeFloat, type SafeFloatInput, type SafeFloats, safeFloats } from "./safeFloat.js";
import { type I64, type SharePool, sharePool } from "./shares.js";

type Key = string | number;

/** The pool of a case while its steps run. */
interface State {
  sharedValueRao: bigint;
  denominator: SafeFloat;
  readonly shares: Map<Key, SafeFloat>;
}

const NONE: SafeFloat = [0n, 0n];

/** The answer to one case. Throws BAD_VALUE, MISSING_FIELD. */
export function sharesAnswer(kernel: Kernel, input: unknown): object {
  const given = record("A case", input);
  const { name, op } = given;
  const at = () => kernel;
  if (op === "pool") return { name, op, ...runPool(sharePool(at), safeFloats(at), given) };
  if (op !== "float") return refuse("op", '"pool" or "float"', op);
  const floats = safeFloats(at);
  return { name, op, results: array("calls", present("calls", given.calls)).map((call) => result(floats, call)) };
}

function runPool(pool: SharePool, floats: SafeFloats, { members, start, steps }: Record<string, unknown>): object {
  const keys = array("members", present("members", members)).map((member, k) => key(`members[${k}]`, member));
  const state = startOf(floats, present("start", start));
  const answers = array("steps", present("steps", steps)).map((step, k) => {
    const { touched, ...found } = runStep(pool, state, `steps[${k}]`, step);
    return {
      sharedValue: state.sharedValueRao,
      denominator: state.denominator,
      share: touched === null ? null : shareOf(state, touched),
      ...found,
      values: keys.map((member) => pool.value({ ...state, share: shareOf(state, member) })),
    };
  });
  return { steps: answers, shares: keys.map((member) => [member, shareOf(state, member)]) };
}

/** Changes the state by one step. */
function runStep(pool: SharePool, state: State, where: string, step: unknown) {
  const [kind, ...rest] = array(where, step);
  if (kind === "all" && rest.length === 1) {
    state.sharedValueRao = pool.changeAll(state.sharedValueRao, rest[0] as I64);
    return { touched: null, sim: null };
  }
  if (kind !== "one" || rest.length !== 2) return refuse(where, '["one", key, change] or ["all", change]', step);
  const touched = key(`${where}[1]`, rest[0]);
  const change = rest[1] as I64;
  const sim = pool.canRepresent(state, change);
  const { share, ...shared } = pool.changeOne({ ...state, share: shareOf(state, touched) }, change);
  Object.assign(state, shared);
  state.shares.set(touched, share);
  return { touched, sim };
}

function startOf(floats: SafeFloats, start: unknown): State {
  if (start === null) return { sharedValueRao: 0n, denominator: NONE, shares: new Map() };
  const { sharedValue, denominator, shares } = record("start", start);
  const normal = (where: string, value: unknown): SafeFloat => {
    const [mantissa, exponent] = array(where, present(where, value)) as unknown as SafeFloatInput;
    return floats.create(mantissa, exponent) ?? refuse(where, "a SafeFloat", value);
  };
  const entries = array("start.shares", present("start.shares", shares)).map((entry, k): [Key, SafeFloat] => {
    const where = `start.shares[${k}]`;
    const [member, ...share] = array(where, entry);
    return [key(where, member), normal(where, share)];
  });
  return {
    sharedValueRao: u64("start.sharedValue", present("start.sharedValue", sharedValue)),
    denominator: normal("start.denominator", denominator),
    shares: new Map(entries),
  };
}

function shareOf(state: State, member: Key): SafeFloat {
  return state.shares.get(member) ?? NONE;
}

function key(where: string, value: unknown): Key {
  return typeof value === "string" || typeof value === "number" ? value : refuse(where, "a number or a string", value);
}

/** How each call is named in the suite, and how many operands it takes. */
const CALLS: Readonly<Record<string, readonly [method: keyof SafeFloats, operands: number]>> = {
  new: ["create", 2],
  add: ["add", 2],
  sub: ["sub", 2],
  div: ["div", 2],
  mulDiv: ["mulDiv", 3],
  gt: ["greater", 2],
  toU64: ["toU64", 1],
  fromU64: ["fromU64", 1],
  fromU64F64: ["fromU64F64", 1],
};

function result(floats: SafeFloats, call: unknown): unknown {
  const [name, ...operands] = array("A call", call);
  const found = typeof name === "string" && Object.hasOwn(CALLS, name) ? CALLS[name] : undefined;
  if (found === undefined) return refuse("A call", `one of ${Object.keys(CALLS).join(", ")}`, name);
  const [method, count] = found;
  if (operands.length !== count) return refuse(`A call of ${shown(name)}`, `given ${count} operands`, operands.length);
  return (floats[method] as (...operands: unknown[]) => unknown)(...operands);
}

/** Every call there is, by area; their builders; and the codec that carries any of them. */
import { type Codec, createCodec, createDecoder, u8 } from "scale-ts";
import { YumaError } from "../../errors.js";
import { array, record, refuse } from "../../marshal/values.js";
import { vector } from "../../timelock/vector.js";
import { ADMIN_CALLS } from "./admin/index.js";
import type { Argument } from "./arguments.js";
import { BALANCES_CALLS } from "./balances/index.js";
import type { AnyDefinedCall, Call } from "./call.js";
import { CHILDREN_CALLS } from "./children/index.js";
import { DRAND_CALLS } from "./drand/index.js";
import { governanceCalls } from "./governance/index.js";
import { KEY_CALLS } from "./keys/index.js";
import { LOCK_CALLS } from "./locks/index.js";
import { ROOT_CALLS } from "./root/index.js";
import { STAKING_CALLS } from "./staking/index.js";
import { SUBNETS_CALLS } from "./subnets/index.js";
import { sudoCalls } from "./sudo/sudo.js";
import { TAKE_CALLS } from "./takes/index.js";
import { utilityCalls } from "./utility/batch.js";
import { WEIGHTS_CALLS } from "./weights/index.js";

/** How deep calls may lie within calls. */
const MOST_NESTING = 64;

/** An encoded call: the indices of pallet and call, a byte each, then the arguments. */
export const callCodec: Codec<Call> = createCodec(
  ({ definition, values }) => {
    const rest = definition.codec.enc(values);
    const bytes = new Uint8Array(2 + rest.length);
    bytes.set(definition.index);
    bytes.set(rest, 2);
    return bytes;
  },
  createDecoder((bytes) => {
    const index = [u8.dec(bytes), u8.dec(bytes)] as const;
    const definition = BY_INDEX.get(key(index));
    if (definition === undefined) throw new YumaError("BAD_BINARY", `There is no call ${index.join(".")}.`, { index });
    return { definition, values: definition.codec.dec(bytes) };
  }),
);

const nested: Argument<Call> = { codec: callCodec, read: readCall };

const nestedList: Argument<readonly Call[]> = {
  codec: vector(callCodec) as unknown as Codec<readonly Call[]>,
  read: (where, input) => array(where, input).map((one, k) => readCall(`${where}[${k}]`, one)),
};

/** The declared calls by area. An area is one line here and a folder beside. */
export const CALLS = {
  balances: BALANCES_CALLS,
  staking: STAKING_CALLS,
  takes: TAKE_CALLS,
  children: CHILDREN_CALLS,
  root: ROOT_CALLS,
  locks: LOCK_CALLS,
  subnets: SUBNETS_CALLS,
  admin: ADMIN_CALLS,
  keys: KEY_CALLS,
  sudo: sudoCalls(nested),
  utility: utilityCalls(nestedList),
  weights: WEIGHTS_CALLS,
  drand: DRAND_CALLS,
  governance: governanceCalls(nested),
};

/** Every declared call. */
export const ALL_CALLS: readonly AnyDefinedCall[] = Object.values(CALLS).flatMap((area) => Object.values(area));

const key = ([pallet, call]: readonly [number, number]) => pallet * 256 + call;
const BY_INDEX = new Map(ALL_CALLS.map((one) => [key(one.index), one]));

type Builders<A> = { readonly [N in keyof A]: A[N] extends { readonly build: infer B } ? B : never };

/** The builders by area: `calls.balances.transferKeepAlive({ to, amountRao })`. */
export const calls = Object.fromEntries(
  Object.entries(CALLS).map(([area, defined]) => [
    area,
    Object.fromEntries(Object.entries(defined).map(([name, { build }]) => [name, build])),
  ]),
) as { readonly [A in keyof typeof CALLS]: Builders<(typeof CALLS)[A]> };

/** A call as a builder made it. Throws BAD_VALUE for anything else, and for calls nested too deep. */
export function readCall(where: string, input: unknown): Call {
  const { definition } = record(where, input);
  if (!ALL_CALLS.includes(definition as AnyDefinedCall)) return refuse(where, "a call made by a builder", input);
  checkNesting(input as Call);
  return input as Call;
}

/** Throws BAD_VALUE for calls nested too deep. */
export function checkNesting(call: Call): void {
  let level: readonly Call[] = [call];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MOST_NESTING) {
      throw new YumaError("BAD_VALUE", `Calls are nested more than ${MOST_NESTING} deep.`, { most: MOST_NESTING });
    }
    level = level.flatMap(within);
  }
}

function within({ values }: Call): readonly Call[] {
  const { call, calls: list } = values as { readonly call?: Call; readonly calls?: readonly Call[] };
  return call ? [call] : (list ?? []);
}

/** Arguments only staking has. */
import { type Codec, enhanceCodec, Option } from "scale-ts";
import { array, integer, u64 } from "../../../marshal/values.js";
import { vector } from "../../../timelock/vector.js";
import { toAccount } from "../../accounts/address.js";
import { type Account, netuid as netuidCodec, rao as raoCodec } from "../../state/codecs.js";
import { familyList } from "../../state/values.js";
import { type Argument, readRao } from "../arguments.js";

const MAX_U16 = 0xffff;

/** An amount in rao, or null. */
export const optionalRao: Argument<bigint | null, bigint | string | null> = {
  codec: enhanceCodec(
    Option(raoCodec),
    (value: bigint | null) => value ?? undefined,
    (value) => value ?? null,
  ),
  read: (where, input) => (input === null ? null : readRao(where, input)),
};

/** A set of subnets, ascending, none twice. */
export const netuidSet: Argument<readonly number[], readonly number[]> = {
  codec: enhanceCodec(vector(netuidCodec), (value: readonly number[]) => [...value], asSet) as unknown as Codec<
    readonly number[]
  >,
  read: (where, input) => asSet(array(where, input).map((one, k) => integer(`${where}[${k}]`, one, 0, MAX_U16))),
};

/** Children: [proportion over 2^64 − 1, account], in the caller's order. */
export const family: Argument<
  readonly (readonly [bigint, Account])[],
  readonly (readonly [proportion: bigint | string, child: string])[]
> = {
  codec: familyList,
  read: (where, input) =>
    array(where, input).map((one, k) => {
      const [proportion, child] = array(`${where}[${k}]`, one, 2);
      return [u64(`${where}[${k}][0]`, proportion), toAccount(`${where}[${k}][1]`, child)] as const;
    }),
};

function asSet(netuids: readonly number[]): number[] {
  return [...new Set(netuids)].sort((a, b) => a - b);
}

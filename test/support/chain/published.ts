/** Published epochs in one form, whether of one mechanism or of several. */

type Pairs = readonly (readonly [number, number])[];
type U64 = string | number | bigint;

/** A published case of a subnet with mechanisms. */
export interface PublishedCase {
  readonly name: string;
  readonly n: number;
  readonly currentBlock: number;
  readonly tempo: number;
  readonly lastMechanismStepBlock: number;
  readonly activityCutoff: number;
  readonly kappa: number;
  readonly bondsPenalty: number;
  readonly bondsMovingAverage: number;
  readonly yuma3: boolean;
  readonly liquidAlpha: boolean;
  readonly alphaLow: number;
  readonly alphaHigh: number;
  readonly alphaSigmoidSteepness: number;
  readonly maxAllowedValidators: number;
  readonly stakeThreshold: U64;
  readonly ownerUid: number | null;
  readonly commitRevealEnabled: boolean;
  readonly raoEmission: U64;
  readonly blockAtRegistration: readonly number[];
  readonly validatorPermit: readonly boolean[];
  readonly alphaStake: readonly U64[];
  readonly taoStake: readonly U64[];
  readonly taoWeight: U64;
  readonly mechanismCount: number;
  readonly split: readonly number[] | null;
  readonly mechanisms: readonly PublishedMechanism[];
}
/** One mechanism's own inputs. */
export interface PublishedMechanism {
  readonly lastUpdate: readonly number[];
  readonly commitBlocks: readonly (U64 | null)[] | null;
  readonly weights: readonly Pairs[];
  readonly bonds: readonly Pairs[];
}
/** What was published as its outputs. */
export interface PublishedResult {
  readonly active: readonly boolean[];
  readonly consensus: readonly number[];
  readonly dividends: readonly number[];
  readonly validatorTrust: readonly number[];
  readonly stakeWeight: readonly number[];
  readonly validatorPermit: readonly boolean[];
  readonly emission: readonly U64[];
  readonly mechanisms: readonly {
    readonly incentive: readonly number[];
    readonly serverEmission: readonly U64[];
    readonly bonds: readonly Pairs[];
  }[];
}

/** An epoch case of one mechanism in the same form. */
export function asMechanisms(
  input: Omit<PublishedCase, "mechanismCount" | "split" | "mechanisms"> & PublishedMechanism,
): PublishedCase {
  return { ...input, mechanismCount: 1, split: null, mechanisms: [input] };
}

/** Its result likewise. */
export function asMechanismsResult(
  result: Omit<PublishedResult, "mechanisms"> & PublishedResult["mechanisms"][number],
): PublishedResult {
  return { ...result, mechanisms: [result] };
}

/** Everything an epoch records, field by field, held against what the kernel computes. */
import type { MechanismsResult } from "../../types.js";
import type { Reconstruction, Recorded } from "../inputs/reconstruct.js";
import { indexOf } from "../inputs/uids.js";
import { compareField, difference, excludedField, type FieldReport, rowDifference, sameRow } from "./compare.js";
import { type Exclusions, exclusionsOf } from "./exclusions.js";

const SUBNET_FIELDS = [
  "active",
  "consensus",
  "dividends",
  "validatorTrust",
  "stakeWeight",
  "validatorPermit",
  "emission",
] as const satisfies readonly (keyof Recorded["vectors"])[];

/** Compares the subnet's vectors, and each mechanism's incentive, bonds and announced miner emission. */
export function compareAll(input: Reconstruction, result: MechanismsResult, netuid: number): FieldReport[] {
  const exclusions = exclusionsOf(input);
  const subnet = SUBNET_FIELDS.map((field) => {
    if (field === "emission" && input.emission.unknown !== null) return unknownAmounts(input, field, null);
    return compareField<boolean | number | bigint>({
      field,
      mechid: null,
      recorded: input.recorded.vectors[field],
      computed: result[field],
      skip: exclusions.uids,
      isEqual: Object.is,
      by: difference,
    });
  });
  const own = result.mechanisms.flatMap((_, m) => compareMechanism(input, result, netuid, m, exclusions));
  return [...subnet, ...own];
}

function compareMechanism(
  input: Reconstruction,
  result: MechanismsResult,
  netuid: number,
  mechid: number,
  exclusions: Exclusions,
): FieldReport[] {
  const recorded = input.mechanisms[mechid];
  const computed = result.mechanisms[mechid];
  if (recorded === undefined || computed === undefined) return [];
  const announced = input.events.minerEmission.get(indexOf(netuid, mechid)) ?? null;
  return [
    compareField({
      field: "incentive",
      mechid,
      recorded: recorded.incentiveAfter,
      computed: computed.incentive,
      skip: exclusions.uids,
      isEqual: Object.is,
      by: difference,
    }),
    compareField<readonly (readonly [number, number])[]>({
      field: "bonds",
      mechid,
      recorded: recorded.bondsAfter,
      computed: computed.bonds,
      skip: exclusions.uids,
      isEqual: (left, right) => sameRow(left, right, exclusions.bondsOn),
      by: rowDifference,
    }),
    input.emission.unknown !== null
      ? unknownAmounts(input, "serverEmission", mechid)
      : compareField<bigint>({
          field: "serverEmission",
          mechid,
          recorded: announced,
          computed: computed.serverEmission,
          // An event stays as it was written, whatever came after it.
          skip: new Map(),
          isEqual: Object.is,
          by: difference,
        }),
  ];
}

function unknownAmounts({ emission, snapshot }: Reconstruction, field: string, mechid: number | null): FieldReport {
  return excludedField(field, mechid, snapshot.n, `the amount shared out is not known: ${emission.unknown}`);
}

/** The epoch of a subnet with several mechanisms and how their results are put together. Protocol K.13. */
import { oracleEpoch } from "./epoch.js";
import { u64f64 } from "./real.js";
import type { EpochResult, MechanismResult, MechanismsCase, MechanismsResult } from "./types.js";

const U64_MAX = (1n << 64n) - 1n;
const INDEX_STRIDE = 4096;
const NETUID = 1;

export function oracleMechanisms(subnet: MechanismsCase): MechanismsResult {
  const total = BigInt(subnet.raoEmission);
  const parts = splitEmission(total, subnet.mechanismCount, subnet.split);
  const shares = parts.map((part, index) => mechanismShare(part, total, index));
  const epochs = parts.map((part, index) =>
    oracleEpoch({ ...subnet, ...subnet.mechanisms[index]!, raoEmission: String(part) }),
  );
  return {
    ...(subnet.name === undefined ? {} : { name: subnet.name }),
    active: perUid(subnet.n, (uid) => epochs.some((epoch) => epoch.active[uid])),
    consensus: weighted(subnet.n, epochs, shares, "consensus"),
    dividends: weighted(subnet.n, epochs, shares, "dividends"),
    validatorTrust: weighted(subnet.n, epochs, shares, "validatorTrust"),
    stakeWeight: weighted(subnet.n, epochs, shares, "stakeWeight"),
    validatorPermit: perUid(subnet.n, (uid) => epochs.some((epoch) => epoch.validatorPermit[uid])),
    emission: perUid(subnet.n, (uid) =>
      String(
        accumulate(
          epochs.map((epoch) => BigInt(epoch.emission[uid]!)),
          shares,
          64n,
        ),
      ),
    ),
    serverEmission: summed(subnet.n, epochs, "serverEmission"),
    validatorEmission: summed(subnet.n, epochs, "validatorEmission"),
    mechanisms: epochs.map(
      (epoch, index): MechanismResult => ({
        index: index * INDEX_STRIDE + NETUID,
        emission: String(parts[index]!),
        incentive: epoch.incentive,
        serverEmission: epoch.serverEmission,
        bonds: epoch.bonds,
      }),
    ),
  };
}

/** ⌊total·split/65535⌋ each, or ⌊total/count⌋ without a split; what is missing to the total goes to mechanism 0. */
export function splitEmission(total: bigint, count: number, split: readonly number[] | null): bigint[] {
  const parts = Array.from({ length: count }, (_, index) =>
    split === null ? total / BigInt(count) : (total * BigInt(split[index] ?? 0)) / 65535n,
  );
  const missing = total - parts.reduce((sum, part) => sum + part, 0n);
  return parts.map((part, index) => (index === 0 && missing > 0n ? part + missing : part));
}

/** part/total in U64F64; of a total of zero mechanism 0 has everything. */
function mechanismShare(part: bigint, total: bigint, index: number): bigint {
  const share = u64f64.divChecked(u64f64.fromInt(part), u64f64.fromInt(total));
  return share ?? (index === 0 ? u64f64.one : 0n);
}

/** acc ← trunc(acc + value·share), truncated after every mechanism. */
function accumulate(values: readonly bigint[], shares: readonly bigint[], width: bigint): bigint {
  return values.reduce((sum, value, index) => {
    const added = u64f64.mul(u64f64.fromInt(value), shares[index]!);
    return u64f64.toUint(u64f64.add(u64f64.fromInt(sum), added), width);
  }, 0n);
}

type U16Field = "consensus" | "dividends" | "validatorTrust" | "stakeWeight";

function weighted(n: number, epochs: readonly EpochResult[], shares: readonly bigint[], field: U16Field): number[] {
  return perUid(n, (uid) =>
    Number(
      accumulate(
        epochs.map((epoch) => BigInt(epoch[field][uid]!)),
        shares,
        16n,
      ),
    ),
  );
}

function summed(n: number, epochs: readonly EpochResult[], field: "serverEmission" | "validatorEmission"): string[] {
  return perUid(n, (uid) => {
    const sum = epochs.reduce((total, epoch) => total + BigInt(epoch[field][uid]!), 0n);
    return String(sum > U64_MAX ? U64_MAX : sum);
  });
}

function perUid<T>(n: number, value: (uid: number) => T): T[] {
  return Array.from({ length: n }, (_, uid) => value(uid));
}

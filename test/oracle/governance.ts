/** Voting power and the decision, written from host/ledger/governance.md in plain integers. */

/** What a coldkey has when a proposal opens. Alpha, conviction and TAO in rao; prices I96F32. */
export interface Holder {
  readonly rootRao: bigint;
  readonly alpha: readonly { readonly alphaRao: bigint; readonly convictionRao: bigint; readonly priceBits: bigint }[];
}

/** Plain stake, and its weight. */
export function power(holder: Holder, convictionPercent: bigint): { stakeRao: bigint; weightRao: bigint } {
  let stakeRao = holder.rootRao;
  let weightRao = holder.rootRao;
  for (const { alphaRao, convictionRao, priceBits } of holder.alpha) {
    const counted = convictionRao < alphaRao ? convictionRao : alphaRao;
    stakeRao += (alphaRao * priceBits) / 2n ** 32n;
    weightRao += ((alphaRao + (counted * convictionPercent) / 100n) * priceBits) / 2n ** 32n;
  }
  return { stakeRao, weightRao };
}

/** Whether the last vote of each holder carries a proposal; holders by their place. */
export function isCarried(
  holders: readonly Holder[],
  votes: readonly (readonly [holder: number, choice: "aye" | "nay" | "abstain"])[],
  rules: { readonly allRao: bigint; readonly quorum: bigint; readonly approval: bigint; readonly percent: bigint },
): boolean {
  let [present, ayes, nays] = [0n, 0n, 0n];
  for (const [holder, choice] of new Map(votes)) {
    const { stakeRao, weightRao } = power(holders[holder] as Holder, rules.percent);
    if (choice !== "nay") present += stakeRao;
    if (choice === "aye") ayes += weightRao;
    if (choice === "nay") nays += weightRao;
  }
  const million = 1_000_000n;
  return present * million >= rules.allRao * rules.quorum && ayes * million > (ayes + nays) * rules.approval;
}

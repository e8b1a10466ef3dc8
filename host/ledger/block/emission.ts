/** What a block emits: TAO minted and put into the pools by their shares, alpha minted and laid aside for the next epochs. */
import { BLOCK_GATE_BAR } from "../../../assembly/emission/contract.js";
import { emitBlock, readAlpha } from "../../api/emission/coinbase.js";
import type { CheckedState, CheckedSubnet } from "../../marshal/emissionState.js";
import type { Rules } from "../../types.js";
import { mint, recycle } from "../rules/issuance.js";
import { subnetsEmittedTo } from "../rules/networks.js";
import { rulesInForce } from "../rules/ruleSet.js";
import { ROOT_NETUID } from "../rules/subnetChecks.js";
import { alphaPrice } from "../rules/swap.js";
import { TotalIssuance } from "../state/balances.js";
import { EmissionBarQuantile, EmissionBarRank, EmissionGateBar, EmissionGateExponent } from "../state/gate.js";
import { TaoWeight } from "../state/hyperparameters.js";
import {
  BlockEmission,
  EMAPriceHalvingBlocks,
  MinerBurned,
  OwnerCutEnabled,
  PendingOwnerCut,
  PendingRootAlphaDivs,
  PendingServerEmission,
  PendingValidatorEmission,
  SubnetAlphaIn,
  SubnetAlphaOut,
  SubnetAlphaOutEmission,
  SubnetMovingAlpha,
  SubnetMovingPrice,
  SubnetOwnerCut,
  SubnetRootSellTao,
  SubnetTAO,
} from "../state/pools.js";
import type { State } from "../state/state.js";
import { FirstEmissionBlockNumber, SubnetEmissionEnabled, SubnetMechanism } from "../state/subnets.js";
import { BlockNumber } from "../state/system.js";
import { injectInto } from "./injection.js";
import type { StepContext } from "./steps.js";

/** Source: subtensor coinbase/run_coinbase.rs, run_coinbase up to drain_pending. */
export function emitToSubnets(context: StepContext): void {
  const { state, kernel } = context;
  state.clear(SubnetRootSellTao);
  const input = coinbaseState(context, subnetsEmittedTo(state));
  const purse = mint(context);
  const { table, earning } = emitBlock(kernel, input, purse.mintedRao, (injection) =>
    injectInto(context, purse, injection),
  );
  recycle(context, purse);
  if (input.gate !== null) keepBar(state, table.scalar(BLOCK_GATE_BAR));
  const alpha = earning.map((_, i) => readAlpha(table, i));
  for (const [i, { netuid }] of earning.entries()) layAside(state, netuid, alpha[i]!);
  // Every use of the curve leaves its answer here: the last one is that of the last subnet's alpha.
  state.write(BlockEmission, alpha.at(-1)?.created ?? purse.mintedRao);
}

/** Everything is read before anything is minted. */
function coinbaseState(context: StepContext, subnets: readonly number[]): CheckedState {
  const { state } = context;
  const rules = rulesInForce(state);
  return {
    name: undefined,
    rules,
    currentBlock: BigInt(state.read(BlockNumber)),
    totalIssuance: state.read(TotalIssuance),
    rootTao: state.read(SubnetTAO, ROOT_NETUID),
    taoWeight: state.read(TaoWeight),
    ownerCut: state.read(SubnetOwnerCut),
    movingAlphaBits: state.read(SubnetMovingAlpha),
    gate: rules.emissionGate === "none" ? null : gateOf(state, rules),
    flow: null,
    subnets: subnets.map((netuid) => coinbaseSubnet(context, netuid)).sort((a, b) => a.netuid - b.netuid),
  };
}

/** Only rules with a rank look at it. */
function gateOf(state: State, { emissionGate }: Rules): CheckedState["gate"] {
  return {
    barBits: state.read(EmissionGateBar),
    rank: emissionGate === "rank" ? state.read(EmissionBarRank) : 0,
    quantileBits: state.read(EmissionBarQuantile),
    exponentBits: state.read(EmissionGateExponent),
  };
}

/** The bar moves once in 360 blocks. */
function keepBar(state: State, barBits: bigint): void {
  if (barBits !== state.read(EmissionGateBar)) state.write(EmissionGateBar, barBits);
}

function coinbaseSubnet(context: StepContext, netuid: number): CheckedSubnet {
  const { state } = context;
  return {
    netuid,
    name: undefined,
    isDynamic: state.read(SubnetMechanism, netuid) !== 0,
    movingPriceBits: state.read(SubnetMovingPrice, netuid),
    minerBurnedBits: state.read(MinerBurned, netuid),
    priceBits: alphaPrice(context, netuid),
    alphaIn: state.read(SubnetAlphaIn, netuid),
    alphaOut: state.read(SubnetAlphaOut, netuid),
    tao: state.read(SubnetTAO, netuid),
    firstEmissionBlock: BigInt(state.read(FirstEmissionBlockNumber, netuid) ?? 0),
    subtokenEnabled: true,
    registrationAllowed: true,
    emissionEnabled: state.read(SubnetEmissionEnabled, netuid),
    ownerCutEnabled: state.read(OwnerCutEnabled, netuid),
    halvingBlocks: state.read(EMAPriceHalvingBlocks, netuid),
    pending: {
      owner: state.read(PendingOwnerCut, netuid),
      server: state.read(PendingServerEmission, netuid),
      validator: state.read(PendingValidatorEmission, netuid),
      root: state.read(PendingRootAlphaDivs, netuid),
    },
    flowBits: 0n,
    protocolFlowBits: 0n,
  };
}

/** Mints a subnet's alpha; each part waits for the epoch, the root's is recycled where root alpha is not sold. */
function layAside(state: State, netuid: number, { created, alphaOut, pending }: ReturnType<typeof readAlpha>): void {
  state.write(SubnetAlphaOutEmission, netuid, created);
  state.write(SubnetAlphaOut, netuid, alphaOut);
  state.write(PendingOwnerCut, netuid, pending.owner);
  state.write(PendingServerEmission, netuid, pending.server);
  state.write(PendingValidatorEmission, netuid, pending.validator);
  state.write(PendingRootAlphaDivs, netuid, pending.root);
}

/** What both entries of the ledger export: all but the store that is usual where they run. */

export { YumaError, type YumaErrorCode } from "../errors.js";
export { toAccount, toAddress } from "./accounts/address.js";
export type { Era } from "./accounts/era.js";
export { DEV_PHRASE, type Signer, signerOf, type VerifySignature, verifySr25519 } from "./accounts/keys.js";
export type { SignOptions } from "./accounts/signed.js";
export type { DryRun } from "./block/dryRun.js";
export type { BlockRecord } from "./block/record.js";
export type { Call } from "./calls/call.js";
export { calls } from "./calls/index.js";
export { LedgerError, type LedgerErrorName } from "./errors.js";
export type { BlockEvent, LedgerEvent } from "./events.js";
export { type ForkOptions, genesisFromSnapshot } from "./fork.js";
export type { Genesis } from "./genesis.js";
export type { GenesisNeuron, GenesisStake, GenesisSubnet } from "./genesisSubnets.js";
export {
  type CastVote,
  type Governance,
  type GovernanceParameters,
  governanceOf,
  type Proposal,
} from "./governanceReads.js";
export { type Block, createLedger, Ledger, type LedgerOptions } from "./ledger.js";
export { epochSnapshot, metagraph, type Neuron, stakeRao } from "./reads.js";
export { EXISTENTIAL_DEPOSIT_RAO } from "./rules/currency.js";
export { BalancesIssuance, FreeBalance, TotalIssuance } from "./state/balances.js";
export type { Account } from "./state/codecs.js";
export type { Choice, Power, ProposalRules, Status, Tally, Track, TrackRules } from "./state/governance.js";
export type { Item } from "./state/item.js";
export { readChange, type StateChange } from "./state/readChange.js";
export type { ReadableState } from "./state/state.js";
export { BlockHash, BlockNumber, Nonce, RootKey } from "./state/system.js";
export { type Aside, readAside } from "./store/aside.js";
export { exportStore, importStore } from "./store/copy.js";
export { memoryStore } from "./store/memory.js";
export { replayStore } from "./store/replay.js";
export type { Database } from "./store/store.js";
export { type Subnet, subnets } from "./subnetReads.js";

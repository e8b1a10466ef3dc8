/** yuma-kernel/chain: reads a subnet's epoch off a live or archived node, recomputes it, and says whether the chain agrees. */
export { YumaError, type YumaErrorCode } from "../errors.js";
export { hexOfAccount, readAccount } from "./account.js";
export { type ChainClient, type ConnectOptions, clientOver, connect, type Traffic } from "./client.js";
export { type EpochLocation, locate } from "./locate.js";
export { type Metagraph, readMetagraph, TABLE_FIELDS } from "./metagraph.js";
export { chooseNetwork, type Environment, NETWORKS, type Network, type NetworkChoice } from "./networks.js";
export { type NextEpoch, nextEpochSnapshot } from "./nextEpoch.js";
export type { StandingOptions } from "./standing.js";
export { batching } from "./transport/batching.js";
export { failingOver } from "./transport/failover.js";
export { overHttp } from "./transport/http.js";
export { type LightChain, type LightClient, overLightClient, type StartLightClient } from "./transport/lightClient.js";
export { type RecordedSession, recording, replaying } from "./transport/recorded.js";
export { DEFAULT_RETRIES, type Retries, retrying } from "./transport/retrying.js";
export { overSocket } from "./transport/socket.js";
export {
  type Bounds,
  type Connection,
  DEFAULT_BOUNDS,
  type RpcCall,
  type RpcReply,
  type Transport,
} from "./transport/transport.js";
export { decodeBundle, encodeBundle, evidenceSnapshot, verifyEvidence } from "./verify/bundle.js";
export type { FieldReport, Finding, Outcome } from "./verify/compare.js";
export type { Evidence } from "./verify/evidence.js";
export type { JudgeOptions } from "./verify/judgeEvidence.js";
export type { Counts, Verdict, Verification } from "./verify/report.js";
export { epochSnapshot, type LiveVerification, type VerifyOptions, verifyEpoch } from "./verify/verify.js";
export { type WatchEvent, type WatchOptions, watchEpochs } from "./watch.js";
export { type LiveWeightsState, uidOfHotkey, weightsState } from "./weights.js";

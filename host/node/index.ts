/** `yuma-kernel/node`: a ledger on the network of this machine. For Node. Its client is `yuma-kernel/client`. */
export { YumaError, type YumaErrorCode } from "../errors.js";
export { DEV_SECRETS, devGenesis, devSigner, FAUCET_SECRET } from "./dev.js";
export { type Follower, type FollowerOptions, openFollower } from "./follow.js";
export {
  followBlocks,
  genesisOfLog,
  type LogPlace,
  type LogReading,
  type LogTiming,
  type LogWork,
  openLogFollower,
  placeOfLog,
  publishBlocks,
  USUAL_LOG_TIMING,
} from "./jetstream.js";
export { type Limits, USUAL_LIMITS } from "./limits.js";
export { type BlockTime, type LedgerNode, type NodeOptions, openNode, type Source } from "./node.js";
export { hashOfCall } from "./receipts.js";
export { type NodeServer, type ServerOptions, serveNode } from "./server.js";

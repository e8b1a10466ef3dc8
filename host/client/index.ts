/** `yuma-kernel/client`: a ledger that a node keeps, for Node and pages. Calls and signers come from `yuma-kernel/ledger`. */
export { YumaError, type YumaErrorCode } from "../errors.js";
export { signerOf } from "../ledger/accounts/keys.js";
export { calls } from "../ledger/calls/index.js";
export { connectLedger, connectReader } from "./connect.js";
export {
  BLOCK_NOTIFICATION,
  type BlockAnswer,
  type EntriesAnswer,
  type HeadAnswer,
  type Hex,
  type Method,
  type Methods,
  type NewBlock,
  type NodeInfo,
  type ReceiptAnswer,
  type SigningAnswer,
  type StateAnswer,
} from "./contract.js";
export type { RemoteGovernance } from "./governance.js";
export { LedgerReader, type RemoteBlock, type StoredBlock } from "./reader.js";
export { type Receipt, RemoteLedger } from "./remote.js";

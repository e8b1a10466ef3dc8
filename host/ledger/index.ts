/** yuma-kernel/ledger: the part of Bittensor that records, in process. Under Node its store is LevelDB. */
export * from "./public.js";
export { openStore } from "./store/node.js";
export { type SignatureWorkers, signatureWorkers } from "./workers/workers.js";

/** Comlink ships the types of its adapter for Node under another name. */
declare module "comlink/dist/esm/node-adapter.mjs" {
  /** A worker thread, or its way back, as an endpoint. */
  export default function nodeEndpoint(thread: object): import("comlink").Endpoint;
}

/** The program of a worker thread of Node. */
import { parentPort } from "node:worker_threads";
import nodeEndpoint from "comlink/dist/esm/node-adapter.mjs";
import { serve } from "./service.js";

if (parentPort) {
  // Of a message that cannot be read, only its receiver is told: an uncaught error tells the other side.
  parentPort.on("messageerror", () => {
    throw new Error("it cannot read what it is sent");
  });
  serve(nodeEndpoint(parentPort));
}

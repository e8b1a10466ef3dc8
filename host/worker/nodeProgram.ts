/** The program of a worker thread of Node. */
import { parentPort } from "node:worker_threads";
import nodeEndpoint from "comlink/dist/esm/node-adapter.mjs";
import { serve } from "./service.js";

if (parentPort) serve(nodeEndpoint(parentPort));

/** Answers subsets in a page, or has its worker do so: `answer("worker", subset)`. */
import { wrap } from "comlink";
import { answersChecksum, type Subset } from "./subsets.js";

const inWorker = wrap<typeof answersChecksum>(new Worker("subsetsWorker.js", { type: "module" }));
const PLACES = { page: answersChecksum, worker: inWorker };

Object.assign(globalThis, {
  answer: (place: keyof typeof PLACES, subset: Subset) =>
    PLACES[place](subset, new URL("vectors/", location.href).href),
});

/** The program of a worker in a page. The build makes it one file without imports, since workers read no import maps. */
import { serve } from "./service.js";

// Of a message that cannot be read, only its receiver is told: an uncaught error tells the other side. Firefox reads no compiled kernel
// where the policy does not allow to compile one.
addEventListener("messageerror", () => {
  throw new Error("it cannot read what it is sent; does the policy it is served with lack 'wasm-unsafe-eval'");
});
serve();

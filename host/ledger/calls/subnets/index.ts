/** The calls on subnets and their neurons. */
import { registerNetwork, rootDissolveNetwork, startCall } from "./creation.js";
import { burnedRegister, registerByWork, registerLimit } from "./registration.js";
import { setActivityCutoffFactor, setTempo, triggerEpoch } from "./schedule.js";
import { serveAxon, serveAxonTls, servePrometheus } from "./serving.js";

/** By the names of their builders. */
export const SUBNETS_CALLS = {
  registerNetwork,
  startCall,
  rootDissolveNetwork,
  burnedRegister,
  registerLimit,
  register: registerByWork,
  serveAxon,
  serveAxonTls,
  servePrometheus,
  setTempo,
  setActivityCutoffFactor,
  triggerEpoch,
};

/** `yuma subnet`: the verbs about subnets, neurons and weights that make a call. */
import type { Kinds } from "./fields.js";
import { field, hotkey, mechanism, netuid, optional, versionKey, weights } from "./fields.js";
import { callVerb } from "./verb.js";

const salt = field("salt", "--salt <numbers>", "u16, separated by commas");
/** Axons say the version of their software; nothing depends on it. */
const VERSION = 1;

const subnets = [
  callVerb({
    name: "create",
    what: "make a subnet at the price of the moment; the hotkey is its owner's",
    fields: { hotkey },
    call: (values, { calls }) => calls.subnets.registerNetwork({ hotkey: values.hotkey }),
  }),
  callVerb({
    name: "start",
    what: "begin a subnet's emission, as its owner",
    fields: { netuid },
    call: (values, { calls }) => calls.subnets.startCall({ netuid: values.netuid }),
  }),
  callVerb({
    name: "register",
    what: "register a hotkey: a neuron at the price of the moment, or on 0 a validator of the root",
    fields: { netuid, hotkey, limit: optional("amount", "--limit <tao>", "the most it may cost") },
    call: (values, { calls }) => {
      if (values.netuid === 0) return calls.root.rootRegister({ hotkey: values.hotkey });
      const neuron = { netuid: values.netuid, hotkey: values.hotkey };
      if (values.limit === undefined) return calls.subnets.burnedRegister(neuron);
      return calls.subnets.registerLimit({ ...neuron, limitRao: values.limit });
    },
  }),
  callVerb({
    name: "trigger-epoch",
    what: "ask for an epoch at once, as its owner",
    fields: { netuid },
    call: (values, { calls }) => calls.subnets.triggerEpoch({ netuid: values.netuid }),
  }),
  callVerb({
    name: "dissolve",
    what: "end a subnet and pay its stakers, as root",
    asRoot: true,
    fields: { netuid },
    call: (values, { calls }) => calls.subnets.rootDissolveNetwork({ netuid: values.netuid }),
  }),
  callVerb({
    name: "serve",
    what: "tell where the hotkey's axon answers",
    by: "hotkey",
    fields: {
      netuid,
      hotkey,
      ip: field("ip", "--ip <address>", "IPv4 or IPv6"),
      port: field("netuid", "--port <port>", "its port"),
      protocol: field("number", "--protocol <number>", "what it speaks", "4"),
    },
    call: ({ netuid: on, ip: { ip, ipType }, port, protocol }, { calls }) =>
      calls.subnets.serveAxon({
        ...{ netuid: on, version: VERSION, ip, port, ipType, protocol },
        placeholder1: 0,
        placeholder2: 0,
      }),
  }),
];

const weighing = [
  callVerb({
    name: "set-weights",
    what: "set the hotkey's weights",
    by: "hotkey",
    fields: { netuid, hotkey, weights, mechid: mechanism, versionKey },
    call: ({ netuid: on, weights: { uids, values }, mechid, versionKey: version }, { calls }) => {
      const row = { netuid: on, uids, values, versionKey: BigInt(version) };
      return mechid === undefined
        ? calls.weights.setWeights(row)
        : calls.weights.setMechanismWeights({ ...row, mechanism: mechid });
    },
  }),
  callVerb({
    name: "commit-weights",
    what: "commit to weights, to be revealed with the same salt",
    by: "hotkey",
    fields: { netuid, hotkey, weights, salt, mechid: mechanism, versionKey },
    call: async (values, { calls, signer }) => {
      const hash = await commitment(signer, values);
      const { netuid: on, mechid } = values;
      return mechid === undefined
        ? calls.weights.commitWeights({ netuid: on, hash })
        : calls.weights.commitMechanismWeights({ netuid: on, mechanism: mechid, hash });
    },
  }),
  callVerb({
    name: "reveal-weights",
    what: "reveal weights that were committed",
    by: "hotkey",
    fields: { netuid, hotkey, weights, salt, mechid: mechanism, versionKey },
    call: (values, { calls }) => {
      const { netuid: on, weights: row, salt: used, mechid } = values;
      const reveal = { netuid: on, ...row, salt: used, versionKey: BigInt(values.versionKey) };
      return mechid === undefined
        ? calls.weights.revealWeights(reveal)
        : calls.weights.revealMechanismWeights({ ...reveal, mechanism: mechid });
    },
  }),
];

interface Committed {
  readonly netuid: number;
  readonly weights: Kinds["weights"];
  readonly salt: readonly number[];
  readonly mechid: number | undefined;
  readonly versionKey: number;
}

async function commitment(
  signer: string,
  { netuid: on, weights: row, salt: used, mechid, versionKey: version }: Committed,
) {
  const { commitHash } = await import("../../../api/weights/commitHash.js");
  return commitHash({ hotkey: signer, netuid: on, mechid: mechid ?? 0, ...row, salt: used, versionKey: version });
}

export const SUBNET_VERBS = [...subnets, ...weighing];

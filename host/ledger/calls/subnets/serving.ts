/** Where neurons answer: axons and metrics. Source: subtensor subnets/serving.rs. */
import { ensure } from "../../errors.js";
import type { Account } from "../../state/codecs.js";
import { ServingRateLimit } from "../../state/hyperparameters.js";
import { Axons, NeuronCertificates, Prometheus, Uids } from "../../state/neurons.js";
import type { ReadableState } from "../../state/state.js";
import type { ValuesOf } from "../arguments.js";
import { bytes } from "../bytes.js";
import { defineCall, type SignedContext } from "../call.js";
import { netuid, u8, u16, u32, u128Bits } from "../numbers.js";

const PALLET = 7;
const [IPV4, IPV6] = [4, 6];
const LOCALHOST_V4 = 0x7f00_0001n;
const LOCALHOST_V6 = 1n;
const MAX_U32 = 0xffff_ffffn;
const MAX_U128 = (1n << 128n) - 1n;
/** A byte of algorithm, and at most 64 of key. */
const LONGEST_CERTIFICATE = 65;

/** Errors of serving. */
export const SERVING_ERRORS = [
  "SubtensorModule.HotKeyNotRegisteredInNetwork",
  "SubtensorModule.InvalidIpType",
  "SubtensorModule.InvalidIpAddress",
  "SubtensorModule.InvalidPort",
  "SubtensorModule.ServingRateLimitExceeded",
] as const;

/** What serving reports. */
export type ServingEvent = {
  readonly name: "SubtensorModule.AxonServed" | "SubtensorModule.PrometheusServed";
  readonly netuid: number;
  readonly hotkey: Account;
};

const place = { netuid, version: u32, ip: u128Bits, port: u16, ipType: u8 };
const axon = { ...place, protocol: u8, placeholder1: u8, placeholder2: u8 };

type Place = ValuesOf<typeof place>;

function checkIp({ ipType, ip }: Place, mayBeZero: boolean): void {
  ensure(ipType === IPV4 || ipType === IPV6, "SubtensorModule.InvalidIpType", { ipType });
  const isLocal = ip === (ipType === IPV4 ? LOCALHOST_V4 : LOCALHOST_V6);
  const isBeyond = ipType === IPV4 ? ip >= MAX_U32 : ip === MAX_U128;
  const isProper = !isLocal && !isBeyond && (mayBeZero || ip !== 0n);
  ensure(isProper, "SubtensorModule.InvalidIpAddress", { ip });
}

function checkRegistered(state: ReadableState, of: number, hotkey: Account): void {
  ensure(state.has(Uids, of, hotkey), "SubtensorModule.HotKeyNotRegisteredInNetwork", { netuid: of, hotkey });
}

/** The last place was told long enough ago, or there is none; then the port. */
function checkRateAndPort({ state, blockNumber }: SignedContext, { netuid: of, port }: Place, last: number): void {
  const limit = state.read(ServingRateLimit, of);
  const passes = limit === 0n || last === 0 || BigInt(Math.max(blockNumber - last, 0)) >= limit;
  ensure(passes, "SubtensorModule.ServingRateLimitExceeded", { last });
  ensure(port !== 0, "SubtensorModule.InvalidPort");
}

function checkAxon(context: SignedContext, values: ValuesOf<typeof axon>): void {
  const { state, signer } = context;
  checkRegistered(state, values.netuid, signer);
  checkIp(values, true);
  checkRateAndPort(context, values, state.read(Axons, values.netuid, signer)?.block ?? 0);
}

function serve({ state, emit, signer, blockNumber }: SignedContext, values: ValuesOf<typeof axon>): void {
  const { netuid: of, version, ip, port, ipType, protocol, placeholder1, placeholder2 } = values;
  const told = { block: blockNumber, version, ip, port, ipType, protocol, placeholder1, placeholder2 };
  state.write(Axons, of, signer, told);
  emit({ name: "SubtensorModule.AxonServed", netuid: of, hotkey: signer });
}

/** Tells where the neuron of the calling hotkey answers. */
export const serveAxon = defineCall({
  name: "SubtensorModule.serve_axon",
  index: [PALLET, 4],
  origin: "signed",
  arguments: axon,
  check: checkAxon,
  apply: serve,
});

/** The same with a certificate: algorithm, then key; one that is empty or over 65 bytes is left out. */
export const serveAxonTls = defineCall({
  name: "SubtensorModule.serve_axon_tls",
  index: [PALLET, 40],
  origin: "signed",
  arguments: { ...axon, certificate: bytes },
  check: checkAxon,
  apply: (context, values) => {
    const { certificate } = values;
    if (certificate.length > 0 && certificate.length <= LONGEST_CERTIFICATE) {
      context.state.write(NeuronCertificates, values.netuid, context.signer, certificate);
    }
    serve(context, values);
  },
});

/** Tells where the neuron's metrics are. */
export const servePrometheus = defineCall({
  name: "SubtensorModule.serve_prometheus",
  index: [PALLET, 5],
  origin: "signed",
  arguments: place,
  check: (context, values) => {
    const { state, signer } = context;
    checkIp(values, false);
    checkRegistered(state, values.netuid, signer);
    checkRateAndPort(context, values, state.read(Prometheus, values.netuid, signer)?.block ?? 0);
  },
  apply: ({ state, emit, signer, blockNumber }, { netuid: of, version, ip, port, ipType }) => {
    state.write(Prometheus, of, signer, { block: blockNumber, version, ip, port, ipType });
    emit({ name: "SubtensorModule.PrometheusServed", netuid: of, hotkey: signer });
  },
});

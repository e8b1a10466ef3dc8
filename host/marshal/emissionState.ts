/** From unknown JSON to a checked state of a block, every value in range and in the kernel's own width. */
import { MAX_SUBNETS } from "../../assembly/emission/contract.js";
import { shown, YumaError } from "../errors.js";
import type { Rules } from "../types.js";
import { fixedBits, I128, rao, U128 } from "./bits.js";
import { givenRules } from "./rules.js";
import { GivenRules, parse } from "./schema.js";
import { array, flag, integer, present, record, refuse, u16, u64 } from "./values.js";

/** EMAPriceHalvingBlocks where nothing is stored. */
export const DEFAULT_HALVING_BLOCKS = 201_600n;
const MAX_NETUID = 65535;
const MAX_RANK = 65535;

const STATE_FIELDS = [
  "schemaVersion",
  "name",
  "rules",
  "currentBlock",
  "totalIssuance",
  "rootTao",
  "taoWeight",
  "ownerCut",
  "movingAlphaBits",
  "gate",
  "flow",
  "subnets",
] as const;

const SUBNET_FIELDS = [
  "netuid",
  "name",
  "mechanism",
  "movingPriceBits",
  "minerBurnedBits",
  "priceBits",
  "alphaIn",
  "alphaOut",
  "tao",
  "firstEmissionBlock",
  "subtokenEnabled",
  "registrationAllowed",
  "emissionEnabled",
  "ownerCutEnabled",
  "halvingBlocks",
  "pending",
  "flowBits",
  "protocolFlowBits",
] as const;

/** One checked subnet. */
export type CheckedSubnet = ReturnType<typeof checkSubnet>;
/** A checked state; its subnets ascend by netuid. */
export type CheckedState = ReturnType<typeof checkState>;

/**
 * Checks a state. Fields it does not know are refused, because what is left out takes a default. Throws MISSING_FIELD,
 * UNKNOWN_FIELD, BAD_VALUE, UNKNOWN_RULES, RULES_CONFLICT or TOO_LARGE.
 */
export function checkState(input: unknown) {
  const state = known("A state", "", input, STATE_FIELDS);
  const version = state.schemaVersion ?? 1;
  if (version !== 1) refuse("schemaVersion", "1, the only version there is", version);
  const rules = givenRules(state.rules === undefined ? undefined : (parse(GivenRules, state.rules) as number | Rules));
  return {
    name: label("name", state.name),
    rules,
    currentBlock: u64("currentBlock", present("currentBlock", state.currentBlock)),
    totalIssuance: rao("totalIssuance", present("totalIssuance", state.totalIssuance)),
    rootTao: rao("rootTao", present("rootTao", state.rootTao)),
    taoWeight: u64("taoWeight", present("taoWeight", state.taoWeight)),
    ownerCut: u16("ownerCut", present("ownerCut", state.ownerCut)),
    movingAlphaBits: fixedBits("movingAlphaBits", present("movingAlphaBits", state.movingAlphaBits), I128),
    gate: checkGate(rules, state.gate),
    flow: checkFlow(rules, state.flow),
    subnets: checkSubnets(present("subnets", state.subnets)),
  };
}

function checkSubnets(value: unknown) {
  const list = array("subnets", value);
  if (list.length > MAX_SUBNETS) {
    throw new YumaError("TOO_LARGE", `subnets has ${list.length} entries; a block has at most ${MAX_SUBNETS}.`, {
      field: "subnets",
      subnets: list.length,
    });
  }
  const subnets = Array.from(list, (one, i) => checkSubnet(`subnets[${i}]`, one));
  subnets.sort((a, b) => a.netuid - b.netuid);
  for (const [i, { netuid }] of subnets.entries()) {
    if (subnets[i + 1]?.netuid !== netuid) continue;
    refuse("subnets", "distinct by netuid", netuid);
  }
  return subnets;
}

function checkSubnet(where: string, input: unknown) {
  const subnet = known(where, `${where}.`, input, SUBNET_FIELDS);
  const at = (name: (typeof SUBNET_FIELDS)[number]) => `${where}.${name}`;
  const amount = (name: (typeof SUBNET_FIELDS)[number]) => rao(at(name), present(at(name), subnet[name]));
  const on = (name: (typeof SUBNET_FIELDS)[number]) =>
    subnet[name] === undefined ? true : flag(at(name), subnet[name]);
  const pending = subnet.pending === undefined ? {} : checkPending(at("pending"), subnet.pending);
  return {
    netuid: integer(at("netuid"), present(at("netuid"), subnet.netuid), 1, MAX_NETUID),
    name: label(at("name"), subnet.name),
    isDynamic: (subnet.mechanism === undefined ? 1 : u16(at("mechanism"), subnet.mechanism)) !== 0,
    movingPriceBits: fixedBits(at("movingPriceBits"), present(at("movingPriceBits"), subnet.movingPriceBits), I128),
    minerBurnedBits: fixedBits(at("minerBurnedBits"), subnet.minerBurnedBits ?? 0n, U128),
    priceBits: fixedBits(at("priceBits"), present(at("priceBits"), subnet.priceBits), U128),
    alphaIn: amount("alphaIn"),
    alphaOut: amount("alphaOut"),
    tao: amount("tao"),
    firstEmissionBlock: firstBlock(at("firstEmissionBlock"), subnet.firstEmissionBlock),
    subtokenEnabled: on("subtokenEnabled"),
    registrationAllowed: on("registrationAllowed"),
    emissionEnabled: on("emissionEnabled"),
    ownerCutEnabled: on("ownerCutEnabled"),
    halvingBlocks: u64(at("halvingBlocks"), subnet.halvingBlocks ?? DEFAULT_HALVING_BLOCKS),
    pending: { owner: 0n, server: 0n, validator: 0n, root: 0n, ...pending },
    flowBits: fixedBits(at("flowBits"), subnet.flowBits ?? 0n, I128),
    protocolFlowBits: fixedBits(at("protocolFlowBits"), subnet.protocolFlowBits ?? 0n, I128),
  };
}

/** FirstEmissionBlockNumber; null stays null. */
export function firstBlock(where: string, value: unknown): bigint | null {
  return present(where, value) === null ? null : u64(where, value);
}

function checkPending(
  where: string,
  input: unknown,
): Partial<Record<"owner" | "server" | "validator" | "root", bigint>> {
  const names = ["owner", "server", "validator", "root"] as const;
  const given = known(where, `${where}.`, input, names);
  return Object.fromEntries(
    names.filter((name) => given[name] !== undefined).map((name) => [name, rao(`${where}.${name}`, given[name])]),
  );
}

function checkGate(rules: Rules, input: unknown) {
  const kind = rules.emissionGate ?? "none";
  if (kind === "none") return input === undefined ? null : conflict(rules, "gate", "needs spec 440 or later");
  const gate = known("gate", "gate.", present("gate", input), ["barBits", "rank", "quantileBits", "exponentBits"]);
  const rank = gate.rank === undefined ? 0 : integer("gate.rank", gate.rank, 0, MAX_RANK);
  if (kind === "quantile" && rank > 0) conflict(rules, "gate.rank", "needs spec 443 or later");
  return {
    rank,
    barBits: fixedBits("gate.barBits", present("gate.barBits", gate.barBits), U128),
    quantileBits: fixedBits("gate.quantileBits", present("gate.quantileBits", gate.quantileBits), U128),
    exponentBits: fixedBits("gate.exponentBits", present("gate.exponentBits", gate.exponentBits), U128),
  };
}

function checkFlow(rules: Rules, input: unknown) {
  const kind = rules.emissionShares ?? "priceBurn";
  if (kind === "none") conflict(rules, "subnets", "came with the prices of subnets, which those rules precede");
  if (kind !== "flow") return input === undefined ? null : conflict(rules, "flow", "belongs to shares by flow");
  const flow = known("flow", "flow.", present("flow", input), ["cutoffBits", "exponentBits", "isNet"]);
  return {
    cutoffBits: fixedBits("flow.cutoffBits", present("flow.cutoffBits", flow.cutoffBits), I128),
    exponentBits: fixedBits("flow.exponentBits", present("flow.exponentBits", flow.exponentBits), U128),
    isNet: flag("flow.isNet", present("flow.isNet", flow.isNet)),
  };
}

function conflict(rules: Rules, field: string, why: string): never {
  const version = rules.specVersion === null ? "These rules do" : `Spec version ${rules.specVersion} does`;
  throw new YumaError("RULES_CONFLICT", `${version} not know ${field}: that ${why}.`, {
    field,
    specVersion: rules.specVersion,
  });
}

function label(where: string, value: unknown): string | undefined {
  return value === undefined || typeof value === "string" ? value : refuse(where, "a string", value);
}

/** A JSON object with no other fields than these. */
function known<N extends string>(
  what: string,
  prefix: string,
  input: unknown,
  names: readonly N[],
): Partial<Record<N, unknown>> {
  const fields = record(what, input);
  const odd = Object.keys(fields).find((name) => !(names as readonly string[]).includes(name));
  if (odd !== undefined) {
    const text = `${what} has a field ${shown(odd)} that is not known; known are ${names.join(", ")}.`;
    throw new YumaError("UNKNOWN_FIELD", text, { field: `${prefix}${odd.slice(0, 60)}` });
  }
  return fields as Partial<Record<N, unknown>>;
}

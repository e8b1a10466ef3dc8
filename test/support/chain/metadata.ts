/** Metadata of a small runtime of our own, in formats 14, 15 and 16: the items an epoch reads, the events that matter, a version. */
import { metadata as codec } from "@polkadot-api/substrate-bindings";
import { ITEMS, type Item, LAST_STORED_ROUND, LATER } from "./items.js";
import { encode, type Field, type Type, typeOf, type Variant } from "./types.js";

const MAGIC = 0x6174656d;

const fields = (...list: [string | null, string][]): Field[] => list.map(([name, type]) => [name, typeOf(type)]);

/** Events of SubtensorModule and Commitments, numbered as we like: the adapter must read the numbers. */
const SUBTENSOR_EVENTS: readonly Variant[] = [
  { name: "WeightsSet", index: 3, fields: fields([null, "NetUid"], [null, "u16"]) },
  { name: "NeuronRegistered", index: 4, fields: fields([null, "NetUid"], [null, "u16"], [null, "Acct"]) },
  { name: "TimelockedWeightsRevealed", index: 9, fields: fields([null, "NetUid"], [null, "Acct"]) },
  {
    name: "IncentiveAlphaEmittedToMiners",
    index: 10,
    fields: fields(["netuid", "NetUid"], ["emissions", "Vec<Alpha>"]),
  },
  {
    name: "SubnetOwnerChanged",
    index: 200,
    fields: fields(["netuid", "NetUid"], ["old_coldkey", "Acct"], ["new_coldkey", "Acct"]),
  },
];
const COMMITMENT_EVENTS: readonly Variant[] = [
  { name: "Commitment", index: 0, fields: fields(["netuid", "NetUid"], ["who", "Acct"]) },
];

const enumOf = (path: string[], variants: readonly Variant[]): Type => ({ kind: "enum", path, variants });
const PHASE = enumOf(
  ["frame_system", "Phase"],
  [
    { name: "ApplyExtrinsic", index: 0, fields: fields([null, "u32"]) },
    { name: "Finalization", index: 1, fields: [] },
    { name: "Initialization", index: 2, fields: [] },
  ],
);
const EVENT = enumOf(
  ["node_subtensor_runtime", "RuntimeEvent"],
  [
    { name: "SubtensorModule", index: 7, fields: [[null, enumOf(["pallet_subtensor", "Event"], SUBTENSOR_EVENTS)]] },
    { name: "Commitments", index: 18, fields: [[null, enumOf(["pallet_commitments", "Event"], COMMITMENT_EVENTS)]] },
  ],
);
const EVENTS: Type = {
  kind: "vec",
  of: {
    kind: "struct",
    path: ["frame_system", "EventRecord"],
    fields: [
      ["phase", PHASE],
      ["event", EVENT],
      ["topics", typeOf("Vec<H256>")],
    ],
  },
};
const VERSION: Type = {
  kind: "struct",
  path: ["sp_version", "RuntimeVersion"],
  fields: fields(["spec_version", "u32"], ["transaction_version", "u32"]),
};

/** An event and when it happened. */
export interface MadeEvent {
  readonly phase: "Initialization" | "Finalization" | "ApplyExtrinsic";
  readonly pallet: "SubtensorModule" | "Commitments";
  readonly event: readonly [name: string, ...fields: unknown[]];
}

/** SCALE of a block's events. */
export function encodeEvents(events: readonly MadeEvent[]): string {
  const records = events.map(({ phase, pallet, event }) => [
    phase === "ApplyExtrinsic" ? [phase, 1] : [phase],
    [pallet, event],
    [],
  ]);
  return `0x${encode(EVENTS, records)}`;
}

/** Types by number, each once. */
class Registry {
  readonly types: unknown[] = [];
  private readonly ids = new Map<string, number>();

  id(type: Type): number {
    const name = JSON.stringify(type);
    const known = this.ids.get(name);
    if (known !== undefined) return known;
    const def = this.define(type);
    const id = this.types.length;
    // Everybody knows an option by its path and its one parameter.
    const isOption = type.kind === "option";
    const path = "path" in type ? [...type.path] : isOption ? ["Option"] : [];
    const params = isOption ? [{ name: "T", type: this.id(type.of) }] : [];
    this.types.push({ id, path, params, def, docs: [] });
    this.ids.set(name, id);
    return id;
  }

  private fields(list: readonly Field[]): unknown[] {
    return list.map(([name, type]) => ({
      name: name ?? undefined,
      type: this.id(type),
      typeName: undefined,
      docs: [],
    }));
  }

  private define(type: Type): { tag: string; value: unknown } {
    switch (type.kind) {
      case "integer":
        return { tag: "primitive", value: { tag: type.name, value: undefined } };
      case "bool":
        return { tag: "primitive", value: { tag: "bool", value: undefined } };
      case "vec":
        return { tag: "sequence", value: this.id(type.of) };
      case "tuple":
        return { tag: "tuple", value: type.of.map((part) => this.id(part)) };
      case "array":
        return { tag: "array", value: { len: type.length, type: this.id(type.of) } };
      case "wrapper":
        return { tag: "composite", value: this.fields([[null, type.of]]) };
      case "struct":
        return { tag: "composite", value: this.fields(type.fields) };
      case "option":
        return {
          tag: "variant",
          value: [
            { name: "None", fields: [], index: 0, docs: [] },
            { name: "Some", fields: this.fields([[null, type.of]]), index: 1, docs: [] },
          ],
        };
      case "enum":
        return {
          tag: "variant",
          value: type.variants.map(({ name, index, fields: list }) => ({
            name,
            fields: this.fields(list),
            index,
            docs: [],
          })),
        };
    }
  }
}

/** The metadata of a runtime of some spec version. */
export interface MadeRuntime {
  readonly format: 14 | 15 | 16;
  readonly specVersion: number;
  /** Items it lacks; those of later versions by default. */
  readonly without?: readonly string[];
}

const notDeprecated = { tag: "NotDeprecated", value: undefined };

function palletOf(registry: Registry, name: string, index: number, items: readonly Item[], constants: unknown[] = []) {
  const storage = items.map(({ name: item, keys, type, fallback }) => ({
    name: item,
    modifier: fallback === null ? 0 : 1,
    type:
      keys.length === 0
        ? { tag: "plain", value: registry.id(type) }
        : { tag: "map", value: mapOf(registry, keys, type) },
    fallback: `0x${fallback ?? "00"}`,
    docs: [],
    deprecationInfo: notDeprecated,
  }));
  return {
    name,
    storage: { prefix: name, items: storage },
    calls: undefined,
    events: undefined,
    constants,
    errors: undefined,
    associatedTypes: [],
    viewFns: [],
    index,
    docs: [],
    deprecationInfo: notDeprecated,
  };
}

/** Its bytes in hex. */
export function makeMetadata({ format, specVersion, without }: MadeRuntime): string {
  const missing = without ?? (specVersion < 446 ? LATER : []);
  const registry = new Registry();
  const version = {
    name: "Version",
    type: registry.id(VERSION),
    value: `0x${encode(VERSION, [specVersion, 1])}`,
    docs: [],
    deprecationInfo: notDeprecated,
  };
  const events: Item = { name: "Events", keys: [], type: EVENTS, fallback: "00" };
  const kept = ITEMS.filter(({ name }) => !missing.includes(name));
  const pallets = [
    palletOf(registry, "System", 0, [events], [version]),
    palletOf(registry, "SubtensorModule", 7, kept),
    palletOf(registry, "Drand", 26, [LAST_STORED_ROUND]),
  ];
  const unit = registry.id({ kind: "tuple", of: [] });
  const call = registry.id(enumOf(["node_subtensor_runtime", "RuntimeCall"], []));
  const extrinsic = {
    14: { type: unit, version: 4, signedExtensions: [] },
    15: { version: 4, address: unit, call, signature: unit, extra: unit, signedExtensions: [] },
    16: {
      version: [4],
      address: unit,
      call,
      signature: unit,
      signedExtensionsByVersion: [[0, []]],
      signedExtensions: [],
    },
  }[format];
  const value = {
    apis: [apiOf(registry)],
    outerEnums: { call, event: registry.id(EVENT), error: unit },
    lookup: registry.types,
    pallets,
    extrinsic,
    type: unit,
    custom: [],
  };
  const bytes = codec.enc({ magicNumber: MAGIC, metadata: { tag: `v${format}`, value } } as never);
  return `0x${Buffer.from(bytes).toString("hex")}`;
}

function mapOf(registry: Registry, keys: Item["keys"], type: Type) {
  const types = keys.map(([, key]) => typeOf(key));
  const [only] = types;
  const key = types.length === 1 && only ? registry.id(only) : registry.id({ kind: "tuple", of: types });
  return { hashers: keys.map(([hasher]) => ({ tag: hasher, value: undefined })), key, value: registry.id(type) };
}

/** As much of a selective metagraph as is asked for in tests. */
export const METAGRAPH: Type = {
  kind: "option",
  of: {
    kind: "struct",
    path: ["pallet_subtensor", "SelectiveMetagraph"],
    fields: fields(
      ["netuid", "u16"],
      ["tempo", "Option<u16>"],
      ["hotkeys", "Option<Vec<Acct>>"],
      ["incentives", "Option<Vec<u16>>"],
    ),
  },
};

function apiOf(registry: Registry) {
  const deprecationInfo = { tag: "NotDeprecated", value: undefined };
  const inputs = [
    { name: "netuid", type: registry.id(typeOf("NetUid")) },
    { name: "indexes", type: registry.id(typeOf("Vec<u16>")) },
  ];
  const method = { name: "get_selective_metagraph", inputs, output: registry.id(METAGRAPH), docs: [], deprecationInfo };
  return { name: "SubnetInfoRuntimeApi", methods: [method], docs: [], version: 1, deprecationInfo };
}

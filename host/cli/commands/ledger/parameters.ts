/** A subnet's parameters: what they are, and the calls that set them. */
import { YumaError } from "../../../errors.js";
import type { AnyDefinedCall, Call } from "../../../ledger/calls/call.js";
import { calls } from "../../../ledger/calls/index.js";
import { HYPERPARAMETER_ITEMS } from "../../../ledger/state/hyperparameters.js";
import type { AnyItem } from "../../../ledger/state/item.js";
import { Tempo } from "../../../ledger/state/subnets.js";
import { document, EXIT, print } from "../../io.js";
import { asJson } from "../../options.js";
import { valueText } from "../../render/ledger.js";
import { table } from "../../render/table.js";
import { argumentOf, argumentsOf, namedCalls } from "./generic.js";
import { send, whoOf, withNode } from "./send.js";
import type { NodeOptions, SendOptions } from "./verb.js";

const plain = (name: string) => name.toLowerCase().replace(/[_-]/g, "");

/** The calls that set something of one subnet: "kappa" → admin.setKappa. */
function setters(): ReadonlyMap<string, AnyDefinedCall> {
  const found = namedCalls()
    .filter(({ name, definition }) => /^(admin|subnets)\.set/.test(name) && argumentsOf(definition)[0] === "netuid")
    .reverse();
  return new Map(found.map(({ name, definition }) => [plain(name.slice(name.indexOf(".set") + 4)), definition]));
}

/** Options of `yuma subnet set`. */
export interface SetOptions extends SendOptions {
  readonly netuid: number;
  readonly param: string;
  readonly value: string;
}

/** `yuma subnet set`: sets a parameter, as its owner or with --sudo as root. */
export function set(options: SetOptions): Promise<number> {
  return withNode(options, async (ledger) => {
    const call = settingCall(options);
    return send(ledger, await whoOf(options), options.sudo ? calls.sudo.sudo({ call }) : call, options);
  });
}

/** The call that sets a parameter. Several values, such as alpha's low and high, are separated by commas. Throws USAGE. */
export function settingCall({ netuid, param, value }: Pick<SetOptions, "netuid" | "param" | "value">): Call {
  const known = setters();
  const definition = known.get(plain(param));
  if (definition === undefined) {
    const text = `There is no parameter ${param}. There are: ${[...known.keys()].sort().join(", ")}.`;
    throw new YumaError("USAGE", text, { param });
  }
  const names = argumentsOf(definition).slice(1);
  const texts = names.length === 1 ? [value] : value.split(",");
  const given = names.map((name, k) => [name, texts[k] === undefined ? undefined : argumentOf(name, texts[k])]);
  return definition.build({ netuid, ...Object.fromEntries(given) });
}

/** `yuma subnet hyperparameters`. */
export function hyperparameters(options: NodeOptions & { readonly netuid: number }): Promise<number> {
  return withNode(options, async (ledger) => {
    const items = [Tempo, ...HYPERPARAMETER_ITEMS].filter(({ depth }) => depth === 1) as readonly AnyItem[];
    const values = await Promise.all(items.map((one) => ledger.read(one, options.netuid)));
    const named = items.map(({ name }, k) => [name.slice(name.indexOf(".") + 1), values[k]] as const);
    if (asJson(options)) {
      await print(document({ netuid: options.netuid, parameters: Object.fromEntries(named) }));
    } else {
      const rows = named.map(([name, value]) => [name, valueText(isAmount(name) ? `${name}Rao` : name, value)]);
      await print(table([{ title: "parameter", words: true }, { title: "value" }], rows));
    }
    return EXIT.ok;
  });
}

const isAmount = (name: string) => /^(Burn|MinBurn|MaxBurn|RAORecycledForRegistration)$/.test(name);

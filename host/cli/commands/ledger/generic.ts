/** Any call by its name, with arguments as text: `balances.transferKeepAlive to=//Bob amountRao=1.5tao`. */
import { YumaError } from "../../../errors.js";
import { fromJson } from "../../../json.js";
import { signerOf } from "../../../ledger/accounts/keys.js";
import type { Argument } from "../../../ledger/calls/arguments.js";
import type { AnyDefinedCall, Call } from "../../../ledger/calls/call.js";
import { CALLS } from "../../../ledger/calls/index.js";
import { readAmount } from "./readers.js";

/** Every call by area and name, as its builder is called. */
export function namedCalls(): readonly { readonly name: string; readonly definition: AnyDefinedCall }[] {
  return Object.entries(CALLS).flatMap(([area, calls]) =>
    Object.entries(calls).map(([name, definition]) => ({
      name: `${area}.${name}`,
      definition: definition as AnyDefinedCall,
    })),
  );
}

/** A call by name. Throws USAGE. */
export function definitionOf(name: string): AnyDefinedCall {
  const found = namedCalls().find((one) => one.name === name || one.definition.name === name);
  if (found) return found.definition;
  throw new YumaError("USAGE", `There is no call ${name}; yuma ledger calls lists them.`, { call: name });
}

/** The call of a name and `field=value` words. Throws USAGE, and what the builder throws. */
export function callOfWords(name: string, words: readonly string[]): Call {
  const definition = definitionOf(name);
  const input: Record<string, unknown> = {};
  for (const word of words) {
    const [, field, text] = /^([A-Za-z0-9]+)=(.*)$/s.exec(word) ?? [];
    if (field === undefined || text === undefined) {
      throw new YumaError("USAGE", `Arguments are written field=value; ${word} is not.`, { argument: word });
    }
    if (Object.hasOwn(input, field)) {
      throw new YumaError("USAGE", `The argument ${field} is given twice.`, { argument: field });
    }
    input[field] = argumentOf(field, text);
  }
  return definition.build(input);
}

/** The call of a JSON object with one field, its name: `{"sudo.sudo": {"call": {…}}}`. */
export function callOfJson(input: unknown): Call {
  const [[name, fields] = [], ...more] = typeof input === "object" && input !== null ? Object.entries(input) : [];
  if (name === undefined || more.length > 0) {
    throw new YumaError("USAGE", 'A call in JSON is an object of one field: {"area.name": {arguments}}.', {});
  }
  const values = Object.entries(fields as object).map(([field, value]) => [field, innerValue(field, value)]);
  return definitionOf(name).build(Object.fromEntries(values));
}

/** Calls within calls are JSON; a development key stands for its address. */
function innerValue(field: string, value: unknown): unknown {
  if (field === "call") return callOfJson(value);
  if (field === "calls" && Array.isArray(value)) return value.map(callOfJson);
  return typeof value === "string" && value.startsWith("//") ? signerOf(value).address : value;
}

/** An argument from its text: amounts in rao, or in TAO with "tao" behind; JSON for lists and numbers; else text. */
export function argumentOf(field: string, text: string): unknown {
  if (field.endsWith("Rao")) return /tao$/i.test(text) ? readAmount(text.slice(0, -3).trim(), `--${field}`) : text;
  const isJson = /^([[{"]|-?\d{1,15}$|true$|false$|null$)/.test(text);
  return innerValue(field, isJson ? fromJson(text, field) : text);
}

/** The names of a call's arguments. */
export const argumentsOf = ({ arguments: fields }: AnyDefinedCall): readonly string[] =>
  Object.keys(fields as Record<string, Argument<unknown>>);

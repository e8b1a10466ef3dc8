/** The registration suite, line by line. */
import { guarded, type Kernel } from "../load/kernel.js";
import { present, record, refuse, u16, u64 } from "../marshal/values.js";
import {
  type BurnDecayInput,
  type BurnIncreaseInput,
  burnDecay,
  burnIncrease,
  type LockCostInput,
  lockCost,
  neuronToPrune,
  type PruneInput,
} from "./registration.js";

type Fields = Record<string, unknown>;

const OPERATIONS: Readonly<Record<string, (kernel: Kernel, fields: Fields) => object>> = {
  mul_q32: ({ exports }, fields) => ({
    value: unsigned(exports.mulQ32(amount(fields, "value"), amount(fields, "factor"))),
  }),
  pow_q32: (kernel, fields) => {
    const [base, exponent] = [amount(fields, "base"), u16("exponent", present("exponent", fields.exponent))];
    return { value: unsigned(guarded(kernel, () => kernel.exports.powQ32(base, exponent))) };
  },
  decay_factor: (kernel, fields) => {
    const halfLife = u16("halfLife", present("halfLife", fields.halfLife));
    return { factor: unsigned(guarded(kernel, () => kernel.exports.burnDecayFactor(halfLife))) };
  },
  burn_decay: (kernel, fields) => ({ burns: burnDecay(kernel, fields as unknown as BurnDecayInput) }),
  burn_increase: (kernel, fields) => ({ burns: burnIncrease(kernel, fields as unknown as BurnIncreaseInput) }),
  lock_cost: (kernel, fields) => lockCost(kernel, fields as unknown as LockCostInput),
  prune: (kernel, fields) => neuronToPrune(kernel, fields as unknown as PruneInput),
};

/** The answer to one case. Throws BAD_VALUE, BAD_LENGTH, MISSING_FIELD. */
export function registrationAnswer(kernel: Kernel, input: unknown): object {
  const fields = record("A case", input);
  const { name, op } = fields;
  const run = typeof op === "string" && Object.hasOwn(OPERATIONS, op) ? OPERATIONS[op] : undefined;
  if (run === undefined) return refuse("op", `one of ${Object.keys(OPERATIONS).join(", ")}`, op);
  return { name, op, ...run(kernel, fields) };
}

function amount(fields: Fields, name: string): bigint {
  return u64(name, present(name, fields[name]));
}

function unsigned(value: bigint): bigint {
  return BigInt.asUintN(64, value);
}

/** `yuma registration`: what registering costs now and later, and who would make room. */

import type { Command } from "commander";
import {
  type BurnDecayInput,
  type BurnIncreaseInput,
  burnDecay,
  burnIncrease,
  type LockCostInput,
  lockCost,
  neuronToPrune,
  type PruneInput,
} from "../../api/registration.js";
import { YumaError } from "../../errors.js";
import { inlinedModule } from "../../load/inlined.js";
import { instantiate, type Kernel } from "../../load/kernel.js";
import { present, record, u16, u64 } from "../../marshal/values.js";
import type { U64 } from "../../types.js";
import { document, EXIT, print, readJson } from "../io.js";
import { countOf, jsonOptions, type Run } from "../options.js";
import { type RegistrationOutlook, renderRegistration } from "../render/registration.js";

/** What is known of a subnet: any of the three parts may be absent. Amounts are rao, in decimal strings. */
interface RegistrationState {
  readonly netuid: number;
  readonly currentBlock: U64;
  /** The registration price of a neuron. */
  readonly burn?: Omit<BurnDecayInput & BurnIncreaseInput, "netuid" | "currentBlock" | "blocks" | "times">;
  /** The price of a subnet. */
  readonly lock?: Omit<LockCostInput, "currentBlock">;
  /** Who would be pruned. */
  readonly neurons?: Omit<PruneInput, "currentBlock">;
}

/** Options of the verb. */
export interface RegistrationOptions {
  readonly blocks: number;
  readonly registrations: number;
  readonly json?: boolean;
  readonly jsonOutput?: boolean;
}

/** Adds the verb to the command. */
export function registerRegistration(program: Command, run: Run): void {
  jsonOptions(
    program
      .command("registration")
      .description("what registering costs now and later, and which neuron would make room")
      .argument("<file>", 'state of a subnet (JSON, see the README), or "-" for standard input')
      .option("--blocks <k>", "tell the price after k blocks", countOf("blocks"), 360)
      .option("--registrations <k>", "tell the price after k registrations", countOf("registrations"), 1),
  ).action(run(registration));
}

/** Reads a state, prints prices and the neuron to prune. */
async function registration(file: string, options: RegistrationOptions): Promise<number> {
  const state = record("A state", await readJson(file)) as unknown as RegistrationState;
  const outlook = outlookOf(instantiate(inlinedModule()), state, options);
  await print(options.json || options.jsonOutput ? document(outlook) : renderRegistration(outlook));
  return EXIT.ok;
}

function outlookOf(kernel: Kernel, state: RegistrationState, options: RegistrationOptions): RegistrationOutlook {
  const netuid = u16("netuid", present("netuid", state.netuid));
  const currentBlock = u64("currentBlock", present("currentBlock", state.currentBlock));
  if (state.burn === undefined && state.lock === undefined && state.neurons === undefined) {
    const text = "A state must hold burn, lock or neurons; this one holds none of them.";
    throw new YumaError("MISSING_FIELD", text, { field: "burn" });
  }
  return {
    netuid,
    currentBlock,
    burn:
      state.burn === undefined
        ? null
        : prices(kernel, { ...record("burn", state.burn), netuid, currentBlock }, options),
    lock:
      state.lock === undefined
        ? null
        : lockCost(kernel, { ...record("lock", state.lock), currentBlock } as LockCostInput),
    prune:
      state.neurons === undefined
        ? null
        : pruned(kernel, { ...record("neurons", state.neurons), currentBlock } as PruneInput),
  };
}

/** The blocks to come begin with the one after the current. */
function prices(kernel: Kernel, state: object, { blocks, registrations }: RegistrationOptions) {
  const given = state as BurnDecayInput & BurnIncreaseInput;
  const next = u64("currentBlock", given.currentBlock) + 1n;
  const decayed = burnDecay(kernel, { ...given, currentBlock: next, blocks });
  const raised = burnIncrease(kernel, { ...given, times: registrations });
  const now = u64("burn", given.burn);
  return {
    burn: now,
    minBurn: u64("minBurn", given.minBurn),
    maxBurn: u64("maxBurn", given.maxBurn),
    halfLife: given.halfLife,
    blocks,
    afterBlocks: decayed.at(-1) ?? now,
    registrations,
    afterRegistrations: raised.at(-1) ?? now,
  };
}

function pruned(kernel: Kernel, state: PruneInput) {
  const { uid, immuneOwnerUids } = neuronToPrune(kernel, state);
  if (uid === null) return { uid, immuneOwnerUids };
  const registered = u64("blockAtRegistration", state.blockAtRegistration[uid]);
  const now = u64("currentBlock", state.currentBlock);
  const ageBlocks = now > registered ? now - registered : 0n;
  return {
    uid,
    immuneOwnerUids,
    hotkey: state.keys[uid] ?? null,
    emission: u64("emission", state.emission[uid] ?? 0),
    blockAtRegistration: registered,
    immune: ageBlocks < BigInt(state.immunityPeriod),
  };
}

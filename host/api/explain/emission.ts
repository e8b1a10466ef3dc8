/** How the shares became rao. */
import { fromRao, percent } from "../../units.js";
import { agree, rao, real, share, total } from "./quantity.js";
import type { ExplanationSection, Step } from "./types.js";
import type { View } from "./view.js";

/** Emission: miner part, validator part, and what is recorded. */
export function explainEmission(view: View, uid: number): ExplanationSection {
  const { result, input } = view;
  const amount = input.settings.raoEmission;
  const server = result.serverEmission[uid] ?? 0n;
  const validator = result.validatorEmission[uid] ?? 0n;
  const sentence =
    `Of ${fromRao(amount)} alpha, uid ${uid} receives ${fromRao(server + validator)} (${percent(server + validator, amount)}): ` +
    `${fromRao(server)} as miner, ${fromRao(validator)} as validator.`;
  const steps = input.nullMode ? nullSteps(view, uid) : yumaSteps(view, uid);
  return { topic: "emission", title: "Emission", sentence, steps, tables: [] };
}

function yumaSteps(view: View, uid: number): Step[] {
  const { result } = view;
  const amount = view.input.settings.raoEmission;
  const incentive = result.incentiveBits[uid] ?? 0n;
  const dividends = result.dividendsBits[uid] ?? 0n;
  const sum = total(result.incentiveBits) + total(result.dividendsBits);
  if (sum === 0n) return fallbackSteps(view, uid);
  const paid = (bits: bigint): bigint => (share(bits, sum) * amount) >> 32n;
  agree(`the server emission of uid ${uid}`, paid(incentive), result.serverEmission[uid] ?? 0n);
  agree(`the validator emission of uid ${uid}`, paid(dividends), result.validatorEmission[uid] ?? 0n);
  agree(`the emission of uid ${uid}`, paid(incentive + dividends), result.emission[uid] ?? 0n);
  return [
    {
      sentence: "Incentive and dividends are measured on one scale: the sum of both over all uids.",
      formula: "Σ = Σ (incentive + dividends)",
      quantities: [real("incentive", incentive), real("dividends", dividends), real("Σ", sum)],
    },
    {
      sentence: "Each part of the emission is truncated to whole rao by itself.",
      formula:
        "server = ⌊incentive/Σ · rao⌋, validator = ⌊dividends/Σ · rao⌋, emission = ⌊(incentive + dividends)/Σ · rao⌋",
      quantities: [
        rao("rao", amount),
        rao("server", result.serverEmission[uid] ?? 0n),
        rao("validator", result.validatorEmission[uid] ?? 0n),
        rao("emission", result.emission[uid] ?? 0n),
      ],
    },
  ];
}

function fallbackSteps(view: View, uid: number): Step[] {
  const { result } = view;
  const amount = view.input.settings.raoEmission;
  const anyActive = total(result.activeStakeBits) !== 0n;
  const stake = (anyActive ? result.activeStakeBits : result.stakeBits)[uid] ?? 0n;
  agree(`the emission of uid ${uid}`, (stake * amount) >> 32n, result.emission[uid] ?? 0n);
  return [
    {
      sentence: `No weight counted or survived the clip in this epoch, so everything goes to validators by ${
        anyActive ? "active stake" : "stake, since no stake is active"
      }.`,
      formula: "validator = ⌊stake · rao⌋",
      quantities: [real("stake", stake), rao("rao", amount), rao("validator", result.validatorEmission[uid] ?? 0n)],
    },
  ];
}

function nullSteps(view: View, uid: number): Step[] {
  const amount = view.input.settings.raoEmission;
  const sole = view.permit.indexOf(true);
  const validators = sole < 0 ? 0n : amount / 2n;
  return [
    {
      sentence:
        sole < 0
          ? "Null mode without any stake: everything goes to all uids in equal shares."
          : `Null mode: uid ${sole} has the most stake and decides alone. Miners share one half by its weights, validators the other by stake, in whole rao, dust to the largest remainders.`,
      formula: "miners = rao − ⌊rao/2⌋, validators = ⌊rao/2⌋",
      quantities: [
        rao("rao", amount),
        rao("miners", amount - validators),
        rao("validators", validators),
        rao("server", view.result.serverEmission[uid] ?? 0n),
        rao("validator", view.result.validatorEmission[uid] ?? 0n),
      ],
    },
  ];
}

/** `yuma emission`: the issuance curve, a block's shares, and where a subnet's emission goes. */
import { runCoinbase } from "../../api/emission/coinbase.js";
import { emissionFlows } from "../../api/emission/flows.js";
import { emissionSchedule, projectIssuance } from "../../api/emission/issuance.js";
import type { CoinbaseState } from "../../api/emission/types.js";
import { YumaError } from "../../errors.js";
import { inlinedModule } from "../../load/inlined.js";
import { instantiate } from "../../load/kernel.js";
import { document, EXIT, print, readJson } from "../io.js";
import {
  blockHeadline,
  blockTable,
  blockTotals,
  scheduleTable,
  subnetHeadline,
  subnetTables,
} from "../render/emission.js";

interface JsonOption {
  readonly json?: boolean;
  readonly jsonOutput?: boolean;
}

/** Options of `yuma emission schedule`. */
export interface ScheduleOptions extends JsonOption {
  readonly issuance?: string;
  readonly start?: string;
  readonly recycled?: string;
}

/** Options of `yuma emission subnet`. */
export interface SubnetOptions extends JsonOption {
  readonly netuid: number;
}

const isJson = ({ json, jsonOutput }: JsonOption) => Boolean(json || jsonOutput);

/** Prints the halvings, with dates where a start is given. */
export async function schedule(options: ScheduleOptions): Promise<number> {
  const kernel = instantiate(inlinedModule());
  const { issuance, start, recycled } = options;
  if ((issuance === undefined) !== (start === undefined) || (recycled !== undefined && start === undefined)) {
    throw new YumaError("USAGE", "Dates need both --issuance and --start; --recycled goes with them.", {
      option: issuance === undefined ? "--issuance" : "--start",
    });
  }
  const eras =
    issuance === undefined || start === undefined
      ? emissionSchedule(kernel)
      : projectIssuance(kernel, { issuance, start, ...(recycled === undefined ? {} : { recycledPerBlock: recycled }) });
  await print(isJson(options) ? document({ eras }) : scheduleTable(eras));
  return EXIT.ok;
}

/** Prints what every subnet gets in one block. */
export async function emissionBlock(file: string, options: JsonOption): Promise<number> {
  const state = (await readJson(file)) as CoinbaseState;
  const result = runCoinbase(instantiate(inlinedModule()), state);
  const text = () => [blockHeadline(result), blockTable(result), blockTotals(result)].join("\n\n");
  await print(isJson(options) ? document(result) : text());
  return EXIT.ok;
}

/** Prints where one subnet's emission goes. */
export async function emissionSubnet(file: string, options: SubnetOptions): Promise<number> {
  const state = (await readJson(file)) as CoinbaseState;
  const result = runCoinbase(instantiate(inlinedModule()), state);
  const subnet = result.subnets.find(({ netuid }) => netuid === options.netuid);
  if (subnet === undefined) {
    const there = result.subnets.map(({ netuid }) => netuid).slice(0, 20);
    const text = `There is no netuid ${options.netuid} in this state; there are ${there.join(", ") || "none"}.`;
    throw new YumaError("BAD_VALUE", text, { field: "netuid", value: options.netuid });
  }
  const flows = emissionFlows(result, subnet);
  const text = () => [subnetHeadline(result, subnet), subnetTables(result, subnet, flows)].join("\n\n");
  await print(isJson(options) ? document({ blockEmission: result.blockEmission, ...subnet, flows }) : text());
  return EXIT.ok;
}

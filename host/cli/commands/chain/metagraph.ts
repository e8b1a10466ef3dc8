/** `yuma metagraph`: a subnet's metagraph as the runtime sums it up. */
import { type Metagraph, readMetagraph, TABLE_FIELDS } from "../../../chain/index.js";
import { document, EXIT, print } from "../../io.js";
import { renderMetagraph } from "../../render/metagraph.js";
import { type NetworkOptions, needNetuid, wantsJson, withClient } from "./options.js";

/** Options of the verb. */
export interface MetagraphOptions extends NetworkOptions {
  readonly netuid?: number;
  readonly block?: number;
}

/** Prints the metagraph: a table of uids, or every field as JSON. */
export async function metagraph(options: MetagraphOptions): Promise<number> {
  const json = wantsJson(options);
  const fields = json ? {} : { fields: TABLE_FIELDS };
  const found: Metagraph = await withClient(options, (client) =>
    readMetagraph(client, needNetuid(options.netuid), { block: options.block, ...fields }),
  );
  await print(json ? document(found) : renderMetagraph(found));
  return EXIT.ok;
}

/** Injection as it is where the pool takes everything: TAO and alpha are credited to the reserves, nothing is bought. */
import * as u96f32 from "../fixed/u96f32";
import { SUBNET_ALPHA_IN, SUBNET_ALPHA_RESERVE, SUBNET_TAO_IN, SUBNET_TAO_RESERVE } from "./contract";
import * as table from "./table";

/** reserves ← reserves + ⌊TAO in⌋, ⌊alpha in⌋, saturating. Matches run_coinbase.rs `inject_and_maybe_swap` without the swap. */
export function inject(): void {
  for (let i: u32 = 0; i < table.count; i++) {
    table.addAmount(SUBNET_TAO_RESERVE, i, u96f32.toU64(table.wide(SUBNET_TAO_IN, i)));
    table.addAmount(SUBNET_ALPHA_RESERVE, i, u96f32.toU64(table.wide(SUBNET_ALPHA_IN, i)));
  }
}

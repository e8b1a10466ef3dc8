/** What the calls that set one parameter have in common: who may, when, within which bounds; the tables beside say the rest. */
import { ensure } from "../../errors.js";
import { ensureNotFrozen } from "../../rules/freezeWindow.js";
import { ensureSubnetOwnerOrRoot } from "../../rules/origins.js";
import { ensurePasses, type Limit, recordDone } from "../../rules/rateLimits.js";
import { subnetExists } from "../../rules/subnetChecks.js";
import type { Item } from "../../state/item.js";
import type { ReadableState, State } from "../../state/state.js";
import type { Argument } from "../arguments.js";
import { defineCall } from "../call.js";
import { netuid as netuidArgument } from "../numbers.js";
import type { ParameterEventName } from "./events.js";

/** The index of the pallet of parameters. */
export const ADMIN_PALLET = 19;

/** A parameter of all subnets. */
export interface GlobalParameter<N extends string, V, I> {
  /** The chain's name of the call, without its pallet. */
  readonly call: string;
  readonly index: number;
  /** The name of the argument. */
  readonly field: N;
  readonly of: Argument<V, I>;
  readonly event?: ParameterEventName;
  readonly item: Item<readonly [], V>;
  readonly check?: (value: V) => void;
  /** What setting it does besides. */
  readonly also?: (state: State) => void;
}

/** A parameter of one subnet. */
export interface SubnetParameter<N extends string, V, I>
  extends Omit<GlobalParameter<N, V, I>, "item" | "check" | "also"> {
  readonly item: Item<readonly [number], V>;
  /** "root"; "owner" for root and the owner; or the limit that binds the owner. */
  readonly by: "root" | "owner" | Limit;
  /** Leaves out one of the usual checks, as the chain does. */
  readonly unchecked?: readonly ("window" | "existence")[];
  /** The root network has no such parameter. */
  readonly notOfRoot?: boolean;
  /** The bounds. `byOwner` is false for root. */
  readonly check?: (state: ReadableState, netuid: number, value: V, byOwner: boolean) => void;
}

type Fields<N extends string, V, I> = Readonly<Record<N, Argument<V, I>>>;

/** A call by root that sets a parameter of all subnets. */
export function globalParameter<N extends string, V, I>(parameter: GlobalParameter<N, V, I>) {
  const { call, index, field, of, event, item, check, also } = parameter;
  const fields = { [field]: of } as Fields<N, V, I>;
  return defineCall({
    name: `AdminUtils.${call}`,
    index: [ADMIN_PALLET, index],
    origin: "root",
    arguments: fields,
    check: (_context, values) => {
      const value = (values as Record<N, V>)[field];
      check?.(value);
      return value;
    },
    apply: ({ state, emit }, _values, value: V) => {
      state.write(item, value as Exclude<V, undefined>);
      also?.(state);
      if (event) emit({ name: event, netuid: null, value });
    },
  });
}

/**
 * A call that sets a parameter of a subnet. Checks: owner or root (BadOrigin), the owner's rate limit (TxRateLimitExceeded), the window
 * before an epoch (AdminActionProhibitedDuringWeightsWindow), existence (SubnetDoesNotExist), the bounds.
 */
export function subnetParameter<N extends string, V, I>(parameter: SubnetParameter<N, V, I>) {
  const { call, index, field, of, event, item, by, unchecked = [], notOfRoot = false, check } = parameter;
  const fields = { netuid: netuidArgument, [field]: of } as { netuid: Argument<number> } & Fields<N, V, I>;
  const limit = typeof by === "object" ? by : undefined;
  return defineCall({
    name: `AdminUtils.${call}`,
    index: [ADMIN_PALLET, index],
    origin: by === "root" ? "root" : "any",
    arguments: fields,
    check: (context, values) => {
      const { state } = context;
      const { netuid, [field]: value } = values as { netuid: number } & Record<N, V>;
      const owner = ensureSubnetOwnerOrRoot(context, netuid);
      if (limit && owner !== null) ensurePasses(state, limit, owner, netuid);
      if (!unchecked.includes("window")) ensureNotFrozen(state, netuid);
      if (!unchecked.includes("existence")) ensure(subnetExists(state, netuid), "AdminUtils.SubnetDoesNotExist");
      ensure(!notOfRoot || netuid !== 0, "AdminUtils.NotPermittedOnRootSubnet");
      check?.(state, netuid, value as V, owner !== null);
      return { netuid: netuid as number, value: value as V, owner };
    },
    apply: ({ state, emit }, _values, { netuid, value, owner }) => {
      state.write(item, netuid, value as Exclude<V, undefined>);
      if (event) emit({ name: event, netuid, value });
      if (limit && owner !== null) recordDone(state, limit, owner, netuid);
    },
  });
}

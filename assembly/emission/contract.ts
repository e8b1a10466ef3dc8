/**
 * What both sides of the boundary agree on about emission and registration: plain numbers, compiled by AssemblyScript into
 * the kernel and by TypeScript into the host.
 */

// Registration: which neuron would be pruned ----------------------------------------------------------------------------
/** Arrays of MAX_UIDS entries: u64 emission in rao, u64 block of registration, u8 1 where the owner's coldkey owns the uid's hotkey. */
export const PRUNE_EMISSION = 0;
export const PRUNE_REGISTRATION_BLOCK = 1;
export const PRUNE_OWNED = 2;
/** Output, u16: the owner's protected uids. */
export const PRUNE_PROTECTED = 3;
/** No such uid, in and out. */
export const PRUNE_NONE = 65536;

// The coinbase: the table of subnets one block is computed on --------------------------------------------------------------
/** Most subnets in a table. */
export const MAX_SUBNETS = 4096;
/** More subnets than MAX_SUBNETS. */
export const ERROR_SUBNETS = 40;

/** Halvings of the block emission that leave anything: from this many on it is 0. */
export const LAST_HALVING = 30;

// The block: BLOCK_SCALARS slots of 16 bytes, unsigned unless said -------------------------------------------------------
export const BLOCK_SCALARS = 24;
/** u64. */
export const BLOCK_CURRENT = 0;
/** u64 rao: the TAO minted this block. */
export const BLOCK_EMISSION = 1;
/** u64 rao: the TAO staked on the root. */
export const BLOCK_ROOT_TAO = 2;
/** u64 over 2^64 − 1. */
export const BLOCK_TAO_WEIGHT = 3;
/** u16 over 65535. */
export const BLOCK_OWNER_CUT = 4;
/** I96F32: SubnetMovingAlpha. */
export const BLOCK_MOVING_ALPHA = 5;
/** SHARES_* number. */
export const BLOCK_SHARES_RULE = 6;
/** GATE_* number. */
export const BLOCK_GATE_RULE = 7;
/** u32: EmissionBarRank, 0 = the quantile decides. */
export const BLOCK_GATE_RANK = 8;
/** U64F64. */
export const BLOCK_GATE_QUANTILE = 9;
/** U64F64. */
export const BLOCK_GATE_EXPONENT = 10;
/** U64F64, in and out: the bar θ, 0 = none yet. */
export const BLOCK_GATE_BAR = 11;
/** I64F64: TaoFlowCutoff. */
export const BLOCK_FLOW_CUTOFF = 12;
/** U64F64: FlowNormExponent. */
export const BLOCK_FLOW_EXPONENT = 13;
/** 0 or 1: protocol flow is taken off. */
export const BLOCK_NET_FLOW = 14;
/** 0 or 1, in and out: root dividends are paid and sold, not recycled. */
export const BLOCK_ROOT_SELL = 15;
/** U96F32, out: taoWeight / (2^64 − 1). */
export const BLOCK_TAO_WEIGHT_BITS = 16;

/** Which quantity subnets are paid by: moving price, */
export const SHARES_PRICE = 0;
/** … TAO flow (before 425), */
export const SHARES_FLOW = 1;
/** … moving price times the part of the miners' emission that was not withheld. */
export const SHARES_PRICE_BURN = 2;

/** No gate, */
export const GATE_NONE = 0;
/** … its bar a quantile of the shares, */
export const GATE_QUANTILE = 1;
/** … its bar the share of a rank, or the quantile where the rank is 0. */
export const GATE_RANK = 2;

// The parts of a block, for `emissionRun`, in the order they run -------------------------------------------------------------
/** Shares, bar, root sell flag, TAO a subnet. */
export const PHASE_SHARES = 1;
/** What goes into each pool, and how much alpha is made. */
export const PHASE_TERMS = 2;
/** Credits TAO and alpha to the reserves as they are, without weights and without the purchase. */
export const PHASE_INJECT = 4;
/** The alpha made, split into owner, root, miners and validators. */
export const PHASE_SPLIT = 8;
/** The moving prices. */
export const PHASE_MOVING_PRICES = 16;
export const PHASES_ALL = 31;

// The subnets: arrays addressed by `emissionField(id)`, first those of 16 bytes an entry, then those of 8 -----------------------
/** I96F32. */
export const SUBNET_MOVING_PRICE = 0;
/** U96F32: the part of the last miners' emission that was withheld. */
export const SUBNET_MINER_BURNED = 1;
/** U64F64: the pool's present price. */
export const SUBNET_PRICE = 2;
/** I64F64: moving averages of the TAO flow of users, */
export const SUBNET_FLOW = 3;
/** … and of the protocol. */
export const SUBNET_PROTOCOL_FLOW = 4;
/** U64F64, out: the share by price alone; under SHARES_FLOW, 0. */
export const SUBNET_PRICE_SHARE = 5;
/** U64F64, out: the share by the rule; also what `emissionPowNormalise` works on. */
export const SUBNET_SHARE = 6;
/** U64F64, out: behind the gate. */
export const SUBNET_GATED_SHARE = 7;
/** U64F64, out: after what disabled subnets left went to the others. */
export const SUBNET_PAID_SHARE = 8;
/** U96F32 rao, out of PHASE_SHARES, into PHASE_TERMS: the TAO meant for the subnet. */
export const SUBNET_TAO_EMISSION = 9;
/** U96F32 rao, out. */
export const SUBNET_TAO_IN = 10;
/** U96F32 alpha-rao, out. */
export const SUBNET_ALPHA_IN = 11;
/** U96F32 alpha-rao, out of PHASE_TERMS, into PHASE_SPLIT: the alpha made this block. */
export const SUBNET_ALPHA_OUT = 12;
/** U96F32 rao, out: what buys alpha. */
export const SUBNET_EXCESS_TAO = 13;
/** U96F32, out of PHASE_TERMS. */
export const SUBNET_ROOT_PROPORTION = 14;
/** U96F32, out of PHASE_SPLIT: again, after injection and mint. */
export const SUBNET_ROOT_PROPORTION_AFTER = 15;
/** I96F32, out. */
export const SUBNET_NEW_MOVING_PRICE = 16;
export const SUBNET_WIDE_FIELDS = 17;

/** SUBNET_FLAG_* bits. */
export const SUBNET_FLAGS = 17;
/** alpha-rao, in and out: SubnetAlphaIn. */
export const SUBNET_ALPHA_RESERVE = 18;
/** alpha-rao, in and out: SubnetAlphaOut. */
export const SUBNET_ALPHA_OUTSTANDING = 19;
/** rao, in and out: SubnetTAO. */
export const SUBNET_TAO_RESERVE = 20;
/** FirstEmissionBlockNumber, 0 = unset. */
export const SUBNET_FIRST_BLOCK = 21;
/** EMAPriceHalvingBlocks. */
export const SUBNET_HALVING_BLOCKS = 22;
/** alpha-rao, in and out: what waits for the next epoch. */
export const SUBNET_PENDING_OWNER = 23;
export const SUBNET_PENDING_SERVER = 24;
export const SUBNET_PENDING_VALIDATOR = 25;
export const SUBNET_PENDING_ROOT = 26;
/** alpha-rao, out: this block's alpha and its parts, each truncated by itself. */
export const SUBNET_CREATED = 27;
export const SUBNET_OWNER = 28;
export const SUBNET_SERVER = 29;
export const SUBNET_VALIDATOR = 30;
/** Of the root, paid or recycled: */
export const SUBNET_ROOT = 31;
export const SUBNET_RECYCLED = 32;
export const SUBNET_FIELDS = 33;

/** The price is the pool's; without it 1. */
export const SUBNET_FLAG_DYNAMIC = 1;
/** TAO goes to the subnet. */
export const SUBNET_FLAG_EMISSION = 2;
/** The owner gets a cut. */
export const SUBNET_FLAG_OWNER_CUT = 4;

// Stake inheritance and dividends: the table of a subnet's hotkeys ----------------------------------------------------------
/** Most hotkeys in a table. */
export const MAX_HOTKEYS = 65536;
/** Most links of one kind, to parents or to children, in a table. */
export const MAX_LINKS = 1048576;

/** More hotkeys than MAX_HOTKEYS. */
export const ERROR_HOTKEYS = 60;
/** More links than MAX_LINKS. */
export const ERROR_LINKS = 61;
/** A parent, or the hotkey asked for, is not in the table. */
export const ERROR_HOTKEY = 62;

// `hotkeysBegin` returns the address of HOTKEY_SCALARS slots of 8 bytes; slot k is scalar k, u64.
export const HOTKEY_SCALARS = 6;
/** Over 2^64 − 1. */
export const HOTKEY_SCALAR_TAO_WEIGHT = 0;
/** Over 2^64 − 1: what is recycled of dividends that go to a parent of another coldkey. */
export const HOTKEY_SCALAR_CHILDKEY_BURN = 1;
/** Alpha-rao: the pots of the epoch. */
export const HOTKEY_SCALAR_PENDING_SERVER = 2;
export const HOTKEY_SCALAR_PENDING_VALIDATOR = 3;
export const HOTKEY_SCALAR_PENDING_ROOT = 4;
/** Alpha-rao, written by `shareDividends` and `distributeDividends`. */
export const HOTKEY_SCALAR_RECYCLED = 5;

// Arrays, addressed by `hotkeysArray(id)`; one entry a hotkey, hotkeys ascending by their 32 bytes. Input:
/** u64, alpha-rao on the subnet. */
export const HOTKEY_ALPHA = 0;
/** u64, rao on the root. */
export const HOTKEY_ROOT_TAO = 1;
/** u64, alpha-rao of the epoch, read where HOTKEY_EMITTED is 1. */
export const HOTKEY_SERVER = 2;
export const HOTKEY_VALIDATOR = 3;
/** u32: a number for the coldkey; equal numbers are one coldkey. */
export const HOTKEY_OWNER = 4;
/** u16 over 65535. */
export const HOTKEY_CHILDKEY_TAKE = 5;
/** u8, 1 = holds a uid and therefore took part in the epoch. */
export const HOTKEY_EMITTED = 6;
/** u32 × (hotkeys + 1): the parents of hotkey i are links start[i] .. start[i + 1]. */
export const HOTKEY_PARENT_ROWS = 7;
/** u64 a link, over 2^64 − 1, in stored order. */
export const HOTKEY_PARENT_PROPORTIONS = 8;
/** u32 a link: the parent's place in the table. */
export const HOTKEY_PARENTS = 9;
/** The same of children, whose names do not matter. */
export const HOTKEY_CHILD_ROWS = 10;
export const HOTKEY_CHILD_PROPORTIONS = 11;

// Results of `inheritStake`:
/** u64, alpha-rao. */
export const HOTKEY_INHERITED_ALPHA = 12;
/** u64, rao. */
export const HOTKEY_INHERITED_TAO = 13;
/** I64F64, rao: alpha plus weighted TAO. */
export const HOTKEY_TOTAL_STAKE = 14;
/** u64, rao: own weighted stake that was not given to children. */
export const HOTKEY_OWN_CONTRIBUTION = 15;

// Results of `shareDividends`, besides that hotkey's own contribution:
/** u64, alpha-rao: a share for each parent in stored order, then the hotkey's own. */
export const HOTKEY_SHARES = 16;

// Results of `distributeDividends`; the first two are the input of `splitDividends`:
/** U96F32, alpha-rao: dividends after parents and children have shared. */
export const HOTKEY_DIVIDENDS = 17;
/** u8, 1 = was given dividends, be they zero. */
export const HOTKEY_EARNS = 18;
/** U96F32, alpha-rao, where HOTKEY_EARNS is 1: the part of the validators' pot, and of the root's. */
export const HOTKEY_ALPHA_DIVIDENDS = 19;
export const HOTKEY_ROOT_DIVIDENDS = 20;
export const HOTKEY_ARRAYS = 21;

// `payoutSlots` returns the address of a payout; bytes from there:
/** U96F32, alpha-rao: what is paid, to be filled in. */
export const PAYOUT_DIVIDENDS = 0;
/** U96F32: the delegate take, and the rest for all who stake. */
export const PAYOUT_TAKE = 16;
export const PAYOUT_REST = 32;
/** u64: the same truncated, as they are credited. */
export const PAYOUT_TAKE_RAO = 48;
export const PAYOUT_REST_RAO = 56;
export const PAYOUT_BYTES = 64;

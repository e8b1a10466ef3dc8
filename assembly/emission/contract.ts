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

/**
 * What both sides of the boundary agree on: one file, compiled by AssemblyScript into the kernel and by TypeScript into
 * the host. Plain numbers only, so that both compilers read it.
 */

/** Changes whenever an export, a layout or a code below changes meaning. */
export const ABI_VERSION = 1;

// Limits -------------------------------------------------------------------------------------------------------------
/** Most uids in a subnet. */
export const MAX_UIDS = 4096;
/** Most stored pairs in one matrix (weights or bonds). */
export const MAX_ENTRIES = 16777216;
/** Most mechanisms in a subnet. */
export const MAX_MECHANISMS = 255;

// Error codes, read from the global `errorCode` after a trap ------------------------------------------------------------
// In brackets what the global `errorValue` holds then.
/** The kernel contradicts itself, a defect [a number for its makers]. */
export const ERROR_INTERNAL = 1;
/** There is not that much memory [bytes asked for]. */
export const ERROR_MEMORY = 2;
/** More uids than there may be, or none [how many]. */
export const ERROR_UIDS = 3;
/** More stored weights or bonds than there may be [how many]. */
export const ERROR_ENTRIES = 4;
/** Starts of rows that do not begin at 0, descend, or do not end at the count [the row]. */
export const ERROR_ROWS = 5;
/** The owner's uid is not in the subnet [it]. */
export const ERROR_OWNER = 6;
/** A scalar of an input is out of range [its number], or an argument is [it], or slots of shares are not in normal form [their number]. */
export const ERROR_FIELD = 7;
/** Not in this order: begin, fill, run, read; or what is asked for has ended [what was asked for]. */
export const ERROR_STATE = 8;
/** There is no such operation [its number]. */
export const ERROR_OPERATION = 9;
/** There are no such rules or flags [the scalar that names them]. */
export const ERROR_RULES = 10;
/** A number of mechanisms out of bounds [how many]. */
export const ERROR_MECHANISMS = 11;
/** The stakes of a subnet sum to 2^63 rao or more [the uid that reaches it]. */
export const ERROR_STAKE = 12;
/** A stored permit is neither 0 nor 1 [the uid]. */
export const ERROR_PERMIT = 13;
/** A row names a uid twice [the row]. */
export const ERROR_DUPLICATE = 14;
/** Of the binary format: not a record of this kind [its first four bytes], */
export const ERROR_MAGIC = 15;
/** … another version or unknown flags [the version or the flags], */
export const ERROR_VERSION = 16;
/** … a length that does not follow from the counts [the length it says], */
export const ERROR_LENGTH = 17;
/** … an end before the record's [how many bytes of it there are]. */
export const ERROR_TRUNCATED = 18;

// The epoch's input: scalars ---------------------------------------------------------------------------------------------
// `epochBegin` returns the address of SCALARS slots of 8 bytes; slot k is scalar k, unsigned unless said.
export const SCALARS = 24;
export const SCALAR_UIDS = 0;
export const SCALAR_WEIGHTS = 1;
export const SCALAR_BONDS = 2;
export const SCALAR_CURRENT_BLOCK = 3;
export const SCALAR_TEMPO = 4;
export const SCALAR_LAST_MECHANISM_STEP_BLOCK = 5;
export const SCALAR_ACTIVITY_CUTOFF = 6;
export const SCALAR_KAPPA = 7;
export const SCALAR_BONDS_PENALTY = 8;
export const SCALAR_BONDS_MOVING_AVERAGE = 9;
export const SCALAR_ALPHA_LOW = 10;
export const SCALAR_ALPHA_HIGH = 11;
/** Signed. */
export const SCALAR_ALPHA_SIGMOID_STEEPNESS = 12;
export const SCALAR_MAX_ALLOWED_VALIDATORS = 13;
export const SCALAR_STAKE_THRESHOLD = 14;
/** NO_OWNER where the owner holds no uid. */
export const SCALAR_OWNER_UID = 15;
export const SCALAR_RAO_EMISSION = 16;
export const SCALAR_TAO_WEIGHT = 17;
/** FLAG_* bits. */
export const SCALAR_FLAGS = 18;
/** LIQUID_* number. */
export const SCALAR_LIQUID_CONSENSUS = 19;
/** BONDS_MASK_* number. */
export const SCALAR_BONDS_MASK = 20;

export const NO_OWNER = 65536;

export const FLAG_YUMA3 = 1;
export const FLAG_LIQUID_ALPHA = 2;
/** Weights onto a uid registered after the validator's earliest open commit are masked. */
export const FLAG_COMMIT_REVEAL = 4;
/** Null mode: one validator decides alone. */
export const FLAG_NULL_MODE = 8;
/** The array INPUT_PREVIOUS_CONSENSUS holds the stored consensus of the last epoch. */
export const FLAG_PREVIOUS_CONSENSUS = 16;
/** The owner's uid always holds a permit and may weight itself. */
export const FLAG_OWNER_PRIVILEGE = 32;
export const FLAGS_ALL = 63;

/** Which consensus feeds the liquid-alpha sigmoid. */
export const LIQUID_CURRENT = 0;
export const LIQUID_PREVIOUS = 1;
export const LIQUID_AUTO = 2;

/** A stored bond onto uid j falls away if j was registered at or after … the block after the last epoch, */
export const BONDS_MASK_LAST_EPOCH = 0;
/** … the current block less one tempo (older rule), */
export const BONDS_MASK_TEMPO = 1;
/** … the row's own last update (oldest rule). */
export const BONDS_MASK_LAST_UPDATE = 2;

// The epoch's input: arrays, addressed by `epochInput(id)` -----------------------------------------------------------------
/** u64 a uid. */
export const INPUT_LAST_UPDATE = 0;
/** u64 a uid. */
export const INPUT_BLOCK_AT_REGISTRATION = 1;
/** u64 a uid, alpha-rao. */
export const INPUT_ALPHA_STAKE = 2;
/** u64 a uid, rao. */
export const INPUT_TAO_STAKE = 3;
/** u64 a uid, all ones = no open commit. */
export const INPUT_COMMIT_BLOCK = 4;
/** u8 a uid, 0 or 1. */
export const INPUT_VALIDATOR_PERMIT = 5;
/** u16 a uid. */
export const INPUT_PREVIOUS_CONSENSUS = 6;
/** u32 × (n + 1): row i is entries start[i] .. start[i + 1]. */
export const INPUT_WEIGHT_ROWS = 7;
/** u16 an entry. */
export const INPUT_WEIGHT_UIDS = 8;
/** u16 an entry. */
export const INPUT_WEIGHT_VALUES = 9;
export const INPUT_BOND_ROWS = 10;
export const INPUT_BOND_UIDS = 11;
export const INPUT_BOND_VALUES = 12;
export const INPUTS = 13;

// Paths through the epoch, for `epochPath` ---------------------------------------------------------------------------------
/** The kernel chooses by stated preconditions and by density. */
export const PATH_CHOOSE = 0;
/** The path to be read: any input. */
export const PATH_GENERAL = 1;
/** The path to be run: well-formed, dense input. */
export const PATH_FUSED = 2;

// How the last epoch went, by `epochCounter(id)`; all 0 but the refusal where the general path ran ------------------------------
/** Groups of eight quotients the fused path divided in integers, since doubles left a floor open. */
export const COUNTER_EXACT_QUOTIENTS = 0;
/** Columns the fused path computed a row at a time, for a weight, a share or an α of exactly one. */
export const COUNTER_COLUMNS_BY_HAND = 1;
/** α of liquid alpha the fused path computed exactly, since doubles left its floor open or its column was done by hand. */
export const COUNTER_EXACT_ALPHAS = 2;
/** Why the fused path was not taken: a REFUSED_* number. */
export const COUNTER_REFUSAL = 3;
/** Bonds whose share of their column the fused path computed in integers, since doubles left open what it earns or how it is stored. */
export const COUNTER_EXACT_SHARES = 4;
export const COUNTERS = 5;
/** It was taken. */
export const REFUSED_NOT = 0;
/** PATH_GENERAL was asked for, the epoch ran in Null mode, or the kernel was built without SIMD. */
export const REFUSED_UNASKED = 1;
/** The α of all pairs is not strictly between 0 and 1. */
export const REFUSED_ALPHA = 2;
/** One uid holds all of the stake. */
export const REFUSED_STAKE = 3;
/** The rows are so sparse that the dense blocks would take more memory than the sparse ones. */
export const REFUSED_SPARSE = 4;
/** Some row is not strictly ascending and below n, or holds an explicit zero under liquid alpha. */
export const REFUSED_ROWS = 5;

// The epoch's output, addressed by `epochField(id)` ----------------------------------------------------------------------
/** u8 a uid. */
export const FIELD_ACTIVE = 0;
/** u8 a uid: the permits after the epoch. */
export const FIELD_VALIDATOR_PERMIT = 1;
/** u16 a uid, over 65535: */
export const FIELD_CONSENSUS = 2;
export const FIELD_INCENTIVE = 3;
export const FIELD_DIVIDENDS = 4;
export const FIELD_VALIDATOR_TRUST = 5;
export const FIELD_STAKE_WEIGHT = 6;
/** u64 a uid, alpha-rao: */
export const FIELD_SERVER_EMISSION = 7;
export const FIELD_VALIDATOR_EMISSION = 8;
export const FIELD_EMISSION = 9;
export const FIELD_STAKE = 10;
/** I32F32 a uid: */
export const FIELD_CONSENSUS_BITS = 11;
export const FIELD_INCENTIVE_BITS = 12;
export const FIELD_DIVIDENDS_BITS = 13;
export const FIELD_VALIDATOR_TRUST_BITS = 14;
export const FIELD_STAKE_BITS = 15;
export const FIELD_ACTIVE_STAKE_BITS = 16;
/** Rows of (u16, u16): start u32[n + 1], then uids, then values, see FIELD_BOND_*. */
export const FIELD_BOND_ROWS = 17;
export const FIELD_BOND_UIDS = 18;
export const FIELD_BOND_VALUES = 19;
/** Sparse matrices of I32F32 (layout: linear/sparse.ts): */
export const FIELD_WEIGHTS = 20;
export const FIELD_CLIPPED_WEIGHTS = 21;
export const FIELD_WEIGHTS_FOR_BONDS = 22;
export const FIELD_OLD_BONDS = 23;
export const FIELD_EMA_BONDS = 24;
/** I32F32 an entry of FIELD_EMA_BONDS: the column-normalised bond that earns dividends. */
export const FIELD_BOND_SHARES = 25;
/** I32F32 an entry of FIELD_WEIGHTS_FOR_BONDS under liquid alpha: the α of the pair. */
export const FIELD_ALPHAS = 26;
/** u8 a stored weight: MASK_* code. */
export const FIELD_WEIGHT_MASKS = 27;
/** I64F64 a uid: stake before the threshold and before normalisation. */
export const FIELD_TOTAL_STAKE = 28;
/** I32F32 a uid: active stake normalised once more over the rows that vote on consensus. */
export const FIELD_MEDIAN_STAKE = 29;
/** I32F32 a uid: Σ S·C before normalisation. */
export const FIELD_RANKS = 30;
/** I32F32 a uid: Σ bond share · incentive, before stake and normalisation. */
export const FIELD_BOND_TOTALS = 31;
/** u8 a uid: permits the epoch ran with (stored ones, owner forced). */
export const FIELD_PERMIT = 32;
/** I32F32 a uid: the consensus the liquid-alpha sigmoid saw; all zero = liquid alpha did not run. */
export const FIELD_LIQUID_CONSENSUS = 33;
/** Sparse I32F32: under Yuma 2, weight for bonds · active stake, column-normalised. */
export const FIELD_BONDS_DELTA = 34;
export const FIELDS = 35;

// The binary format (binary/README.md): a header, then the input block, or the results --------------------------------
/** Bytes of a record's header: u32 magic, u32 version, u64 bytes of the whole record, u32 flags, three u32 counts. */
export const RECORD_HEADER_BYTES = 32;
export const RECORD_VERSION = 1;
/** "YUMS", little-endian. The counts are uids, weights, bonds. */
export const SNAPSHOT_MAGIC = 0x534d5559;
/** "YUMR", little-endian. The counts are uids, new bonds, 0. */
export const RESULT_MAGIC = 0x524d5559;

/** Of a snapshot: the result is wanted with its matrices. Of a result: the matrices follow. */
export const RECORD_MATRICES = 1;

// Several mechanisms: arrays of u64 a uid, addressed by `aggregateField(id)` ---------------------------------------------
export const AGGREGATE_ACTIVE = 0;
export const AGGREGATE_VALIDATOR_PERMIT = 1;
export const AGGREGATE_CONSENSUS = 2;
export const AGGREGATE_DIVIDENDS = 3;
export const AGGREGATE_VALIDATOR_TRUST = 4;
export const AGGREGATE_STAKE_WEIGHT = 5;
export const AGGREGATE_SERVER_EMISSION = 6;
export const AGGREGATE_VALIDATOR_EMISSION = 7;
export const AGGREGATE_EMISSION = 8;
export const AGGREGATES = 9;

/** Why a stored weight did not count; 0 = it did. In the order the rules apply. */
export const MASK_NONE = 0;
export const MASK_UID_OUT_OF_RANGE = 1;
export const MASK_NO_PERMIT = 2;
export const MASK_SELF = 3;
export const MASK_REGISTERED_SINCE_UPDATE = 4;
export const MASK_REGISTERED_SINCE_COMMIT = 5;

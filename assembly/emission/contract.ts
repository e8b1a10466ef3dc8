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

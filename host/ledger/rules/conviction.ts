/**
 * How one conviction lock ages. A perpetual lock keeps its mass m, a decaying one loses it as d_u = exp(−dt/unlockRate); conviction
 * c grows towards the mass as d_m = exp(−dt/maturityRate) falls: c·d_m + m·(1 − d_m) where perpetual, c·d_m + m·g where
 * decaying. A lock for the subnet's owner has conviction = mass. Source: subtensor staking/lock.rs, ConvictionModel.
 */
import type { CodecType } from "scale-ts";
import type { Kernel } from "../../load/kernel.js";
import { MaturityRate, UnlockRate } from "../state/locks.js";
import type { ReadableState } from "../state/state.js";
import type { lockState } from "../state/values.js";
import { checkedFixed, fixed, ONE_64 } from "./fixed.js";
import { saturatedU64 } from "./integers.js";

/** A lock: mass in rao, conviction U64F64, and the block both are of. */
export type LockState = Readonly<CodecType<typeof lockState>>;

/** A lock of less than this mass and conviction, in rao, is none. */
const DUST_RAO = 100n;

const MAX_U128 = (1n << 128n) - 1n;
const MAX_I128 = (1n << 127n) - 1n;

/** The steepest decay, exp(−40), as I64F64. */
const LOWEST_EXPONENT = -40n * ONE_64;

/** What ageing depends on besides the lock. Rates are blocks. */
export interface Ageing {
  readonly kernel: Kernel;
  readonly now: number;
  readonly unlockRate: bigint;
  readonly maturityRate: bigint;
}

/** Of what kind a lock is: for the owner's hotkey or not, perpetual or decaying. */
export interface LockKind {
  readonly isOwner: boolean;
  readonly isPerpetual: boolean;
}

/** Ageing up to a block at the rates of the state. */
export function ageingOf(state: ReadableState, kernel: Kernel, now: number): Ageing {
  return { kernel, now, unlockRate: state.read(UnlockRate), maturityRate: state.read(MaturityRate) };
}

/** A lock of nothing. */
export function emptyLock(now: number): LockState {
  return { lockedRao: 0n, convictionBits: 0n, lastUpdate: now };
}

/** Whether a lock is too small to be one. */
export function isDust({ lockedRao, convictionBits }: LockState): boolean {
  return lockedRao < DUST_RAO && convictionBits < DUST_RAO * ONE_64;
}

/** Both together, as of the later block. */
export function merged(a: LockState, b: LockState): LockState {
  return {
    lockedRao: saturatedU64(a.lockedRao + b.lockedRao),
    convictionBits: saturatedU128(a.convictionBits + b.convictionBits),
    lastUpdate: Math.max(a.lastUpdate, b.lastUpdate),
  };
}

/** What is left after taking mass and conviction away, not below 0. */
export function reduced(lock: LockState, lockedRao: bigint, convictionBits: bigint): LockState {
  return {
    ...lock,
    lockedRao: saturatedU64(lock.lockedRao - lockedRao),
    convictionBits: saturatedU128(lock.convictionBits - convictionBits),
  };
}

/** The lock now. Nothing is left of dust. */
export function aged(ageing: Ageing, lock: LockState, { isOwner, isPerpetual }: LockKind): LockState {
  const { now } = ageing;
  const older = now > lock.lastUpdate ? grown(ageing, lock, isPerpetual) : lock;
  const whole = isOwner ? { ...older, convictionBits: older.lockedRao << 64n } : older;
  return isDust(whole) ? { ...whole, lockedRao: 0n, convictionBits: 0n } : whole;
}

/** exp(−dt/tau) in U64F64, −dt/tau not below −40; 1 at dt = 0, 0 at tau = 0. */
export function decay(kernel: Kernel, dtBlocks: bigint, tauBlocks: bigint): bigint {
  if (dtBlocks === 0n) return ONE_64;
  if (tauBlocks === 0n) return 0n;
  const tau = signedBits(tauBlocks);
  const elapsed = signedBits(-dtBlocks);
  const ratio = checkedFixed(kernel, "i64f64.cdiv", elapsed, tau) ?? LOWEST_EXPONENT;
  const bits = checkedFixed(kernel, "i64f64.exp", ratio > LOWEST_EXPONENT ? ratio : LOWEST_EXPONENT) ?? 0n;
  return bits < 0n ? 0n : bits;
}

function grown(ageing: Ageing, lock: LockState, isPerpetual: boolean): LockState {
  const { kernel, now, unlockRate, maturityRate } = ageing;
  const dt = BigInt(now - lock.lastUpdate);
  const mass = lock.lockedRao << 64n;
  const unlocking = decay(kernel, dt, unlockRate);
  const maturing = decay(kernel, dt, maturityRate);
  const kept = fixed(kernel, "u64f64.mul", maturing, lock.convictionBits);
  const part = isPerpetual ? fixed(kernel, "u64f64.sub", ONE_64, maturing) : gain(ageing, dt, unlocking, maturing);
  return {
    lockedRao: isPerpetual ? lock.lockedRao : fixed(kernel, "u64f64.mul", unlocking, mass) >> 64n,
    convictionBits: fixed(kernel, "u64f64.add", kept, fixed(kernel, "u64f64.mul", mass, part)),
    lastUpdate: now,
  };
}

/** g of a decaying lock, U64F64: (dt/τ)·d_m for equal rates, else τ_u·(d_u − d_m)/(τ_u − τ_m), not below 0. */
function gain({ kernel, unlockRate, maturityRate }: Ageing, dt: bigint, unlocking: bigint, maturing: bigint): bigint {
  if (unlockRate === maturityRate) {
    const ratio = fixed(kernel, "u64f64.safe_div", dt << 64n, maturityRate << 64n);
    return fixed(kernel, "u64f64.mul", ratio, maturing);
  }
  if (unlockRate === 0n || maturityRate === 0n) return 0n;
  const tau = signedBits(unlockRate);
  const apart = signedBits(unlockRate - maturityRate);
  const difference = fixed(kernel, "i64f64.sub", unlocking, maturing);
  const bits = checkedFixed(kernel, "i64f64.cdiv", fixed(kernel, "i64f64.mul", tau, difference), apart) ?? 0n;
  return bits > 0n ? bits : 0n;
}

/** An integer as I64F64, saturating. */
function signedBits(value: bigint): bigint {
  const bits = value << 64n;
  return bits > MAX_I128 ? MAX_I128 : bits < ~MAX_I128 ? ~MAX_I128 : bits;
}

function saturatedU128(value: bigint): bigint {
  return value < 0n ? 0n : value > MAX_U128 ? MAX_U128 : value;
}

// A 128-bit hash in the manner of XXH3's long-input loop, and the table that finds repeated raw texts by it.
// Two keys: a random one per process for the table, so that whoever writes a dump cannot aim at it, and a fixed one
// for record hashes, which are stored (and only ever used to find candidates, never as proof).

import { scratch } from './memory'

const P1: u64 = 0x9e3779b185ebca87
const P2: u64 = 0xc2b2ae3d27d4eb4f
const P3: u64 = 0x165667b19e3779f9

export let h1: u64 = 0
export let h2: u64 = 0

export function setKey(at: usize, a: u64, b: u64): void {
  let x: u64 = a | 1
  for (let i: u32 = 0; i < 32; i++) {
    x ^= x << 13
    x ^= x >> 7
    x ^= x << 17
    store<u64>(at + i * 8, (x + b) * P1)
  }
}

export function setKeys(a: u64, b: u64): void {
  setKey(scratch, a, b)
  setKey(scratch + 256, 0x1234567890abcdef, 0)
}

// @ts-ignore: decorator
@inline
function lane(acc: v128, p: usize, k: usize): v128 {
  const d = v128.load(p)
  const x = v128.xor(d, v128.load(k))
  const lo = i8x16.shuffle(x, x, 0, 1, 2, 3, 8, 9, 10, 11, 0, 1, 2, 3, 8, 9, 10, 11)
  const hi = i8x16.shuffle(x, x, 4, 5, 6, 7, 12, 13, 14, 15, 4, 5, 6, 7, 12, 13, 14, 15)
  const swapped = i8x16.shuffle(d, d, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7)
  return i64x2.add(acc, i64x2.add(swapped, i64x2.extmul_low_i32x4_u(lo, hi)))
}

// @ts-ignore: decorator
@inline
function scramble(acc: v128, k: usize): v128 {
  return i64x2.mul(v128.xor(v128.xor(acc, i64x2.shr_u(acc, 47)), v128.load(k)), i64x2.splat(0x9e3779b1))
}

// @ts-ignore: decorator
@inline
function fold(a: u64): void {
  h1 = rotl<u64>(h1 ^ (a * P2), 31) * P1
  h1 ^= h1 >> 29
  h2 = rotl<u64>(h2 + (a ^ P3), 27) * P2
  h2 ^= h2 >> 32
}

/** Leaves the hash of [p, p + length) in h1 and h2. */
export function hash(p: usize, length: u32, key: usize): void {
  let a0 = i64x2.splat(P1)
  let a1 = i64x2.splat(P2)
  let a2 = i64x2.splat(P3)
  let a3 = i64x2.splat(0x27d4eb2f165667c5)
  if (length < 64) {
    const room = scratch + 512
    memory.fill(room, 0, 64)
    memory.copy(room, p, length)
    a0 = lane(a0, room, key)
    a1 = lane(a1, room + 16, key + 16)
    a2 = lane(a2, room + 32, key + 32)
    a3 = lane(a3, room + 48, key + 48)
  } else {
    const last = p + length - 64
    let n: u32 = 0
    while (p < last) {
      const k = key + ((n & 15) << 3)
      a0 = lane(a0, p, k)
      a1 = lane(a1, p + 16, k + 16)
      a2 = lane(a2, p + 32, k + 32)
      a3 = lane(a3, p + 48, k + 48)
      if ((n & 15) == 15) {
        a0 = scramble(a0, key + 128)
        a1 = scramble(a1, key + 144)
        a2 = scramble(a2, key + 160)
        a3 = scramble(a3, key + 176)
      }
      p += 64
      n++
    }
    const k = key + 176
    a0 = lane(a0, last, k)
    a1 = lane(a1, last + 16, k + 16)
    a2 = lane(a2, last + 32, k + 32)
    a3 = lane(a3, last + 48, k + 48 - 16)
  }
  h1 = <u64>length * P1
  h2 = ~(<u64>length * P2)
  fold(i64x2.extract_lane(a0, 0))
  fold(i64x2.extract_lane(a0, 1))
  fold(i64x2.extract_lane(a1, 0))
  fold(i64x2.extract_lane(a1, 1))
  fold(i64x2.extract_lane(a2, 0))
  fold(i64x2.extract_lane(a2, 1))
  fold(i64x2.extract_lane(a3, 0))
  fold(i64x2.extract_lane(a3, 1))
  h1 ^= h1 >> 37
  h1 *= P3
  h1 ^= h1 >> 32
  h2 ^= h2 >> 33
  h2 *= P1
  h2 ^= h2 >> 29
}

/** 52 bits of the fixed-key hash: a double holds them exactly. Never 0. */
export function hash52(p: usize, length: u32): f64 {
  hash(p, length, scratch + 256)
  const bits = h1 >> 12
  return <f64>(bits | <u64>(bits == 0))
}

/** 52 bits of a hash of two such hashes. */
export function mix52(a: f64, b: f64): f64 {
  const room = scratch + 576
  store<f64>(room, a)
  store<f64>(room, b, 8)
  return hash52(room, 16)
}

// The table: 16 bytes a slot (h1, 32 bits of h2, raw id + 1), linear probing. 96 bits that nobody can aim at.
let table: usize = 0
let mask: u32 = 0
export let tableUsed: u32 = 0
export let nextRaw: u32 = 0

export function placeTable(at: usize, bits: u32): void {
  table = at
  mask = (1 << bits) - 1
}

/** Moves everything into a larger table at `at`. */
export function growTable(at: usize, bits: u32): void {
  const old = table
  const oldSlots = <usize>mask + 1
  placeTable(at, bits)
  for (let i: usize = 0; i < oldSlots; i++) {
    const from = old + (i << 4)
    if (load<u32>(from, 12) == 0) continue
    let j: u32 = <u32>load<u64>(from) & mask
    while (load<u32>(table + (<usize>j << 4), 12)) j = (j + 1) & mask
    memory.copy(table + (<usize>j << 4), from, 16)
  }
}

/** Number of this raw text: the one it got before, or a new one. Past 7/8 full it only looks, and repeats are lost. */
export function rawId(p: usize, length: u32): u32 {
  hash(p, length, scratch)
  return numberOfHash()
}

/** The same of a text that is no JSON: the same bytes mean another text there, so they are never one. */
export function plainId(p: usize, length: u32): u32 {
  hashOther(p, length)
  return numberOfHash()
}

/** As `hash` with the random key, for bytes that are something else than a text. */
export function hashOther(p: usize, length: u32): void {
  hash(p, length, scratch)
  h1 = ~h1
}

function numberOfHash(): u32 {
  let i: u32 = <u32>h1 & mask
  while (true) {
    const slot = table + (<usize>i << 4)
    const id = load<u32>(slot, 12)
    if (id == 0) {
      if (tableUsed < mask - (mask >> 3)) {
        store<u64>(slot, h1)
        store<u32>(slot, <u32>h2, 8)
        store<u32>(slot, nextRaw + 1, 12)
        tableUsed++
      }
      return nextRaw++
    }
    if (load<u64>(slot) == h1 && load<u32>(slot, 8) == <u32>h2) return id - 1
    i = (i + 1) & mask
  }
}

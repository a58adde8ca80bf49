// What stands in a text exactly as JSON.stringify prints what JSON.parse reads there. Then the text itself can be kept.
// Says no too often rather than too seldom.

import { scratch } from './memory'

/** Keys of one object that are compared with each other; one with more is not looked into. */
const MOST_KEYS: u32 = 64

// @ts-ignore: decorator
@inline
function countAt(level: i32): usize {
  return scratch + 110_000 + (<usize>level << 2)
}

// @ts-ignore: decorator
@inline
function keysAt(level: i32): usize {
  return scratch + 112_000 + (<usize>level << 9)
}

/** An object begins at this level (1 to 63). */
export function clearKeys(level: i32): void {
  store<u32>(countAt(level), 0)
}

/**
 * Notes a key of the object at this level. False where parsing might drop it (it was there before) or move it (digits come
 * first), or where that cannot be told.
 */
export function isNewKey(level: i32, start: usize, length: u32): bool {
  const first = load<u8>(start)
  if (length == 0 || (first >= 0x30 && first <= 0x39)) return false
  let key: u64
  if (length < 8) key = (load<u64>(start) & (((<u64>1) << (length << 3)) - 1)) ^ (<u64>length << 56)
  else key = rotl<u64>(load<u64>(start) * 0x9e3779b185ebca87, 29) ^ load<u64>(start + length - 8) ^ (<u64>length << 40)
  const n = load<u32>(countAt(level))
  const keys = keysAt(level)
  for (let i: u32 = 0; i < n; i++) if (load<u64>(keys + (<usize>i << 3)) == key) return false
  if (n == MOST_KEYS) return false
  store<u64>(keys + (<usize>n << 3), key)
  store<u32>(countAt(level), n + 1)
  for (let i: u32 = 0; i < length; i++) if (load<u8>(start + i) == 0x5c) return false
  return true
}

// @ts-ignore: decorator
@inline
function isDigit(c: u8): bool {
  return c >= 0x30 && c <= 0x39
}

/** How sure it is that a number stands as it would be printed. */
export const PLAIN: u32 = 0
export const ODD_NUMBER: u32 = 1
/** 16 or 17 digits: only a printed double tells. */
export const DOUBTFUL: u32 = 2

/** The number around this decimal point: 15 digits name one double, and no shorter ones do unless they end in 0. */
export function judgeFraction(point: usize): u32 {
  let from = point
  while (isDigit(load<u8>(from - 1))) from--
  let to = point + 1
  while (isDigit(load<u8>(to))) to++
  let digits = to - from - 1
  if (to == point + 1 || load<u8>(to - 1) == 0x30) return ODD_NUMBER
  if (point == from + 1 && load<u8>(from) == 0x30) {
    let zeros: usize = 0
    while (load<u8>(point + 1 + zeros) == 0x30) zeros++
    if (zeros > 5) return ODD_NUMBER
    digits -= zeros + 1
  }
  return digits <= 15 ? PLAIN : digits <= 17 ? DOUBTFUL : ODD_NUMBER
}

/** Whether the escapes of a string are the ones that are printed; none of \u is taken for one. */
export function isPlainText(start: usize, length: u32): bool {
  const end = start + length
  for (let p = start; p < end; p++) {
    if (load<u8>(p) != 0x5c) continue
    const c = load<u8>(++p)
    if (c != 0x22 && c != 0x5c && c != 0x6e && c != 0x74 && c != 0x72 && c != 0x62 && c != 0x66) return false
  }
  return true
}

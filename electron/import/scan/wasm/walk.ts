// Finds the end of a JSON value that may stretch over many lines and arrive in pieces. Iterative, so depth costs nothing.
// Lenient where the world is: trailing commas and any bare word (NaN, Infinity) pass. Strict where it tells a torn line
// from a pretty-printed document: no newline inside a string, no value where a key or a comma must stand.

import { scratch } from './memory'

const VALUE: u32 = 0
const KEY_OR_END: u32 = 1
const COLON: u32 = 2
const COMMA_OR_END: u32 = 3
const VALUE_OR_END: u32 = 4

/** Levels past which a record is refused. */
const MOST_LEVELS: u32 = 100_000

export let walkPos: usize = 0
let level: u32 = 0
let expect: u32 = VALUE
let inString = false
let inWord = false

export function walkStart(p: usize): void {
  walkPos = p
  level = 0
  expect = VALUE
  inString = false
  inWord = false
}

// @ts-ignore: decorator
@inline
function isWord(c: u8): bool {
  const letter = c | 0x20
  return (letter >= 0x61 && letter <= 0x7a) || (c >= 0x30 && c <= 0x39) || c == 0x2d || c == 0x2b || c == 0x2e
}

/** Goes on to `end`. 0: the value is not over yet. 1: it ends at walkPos. 2: broken at walkPos. 3: too deep. */
export function walk(end: usize): i32 {
  const Q = i8x16.splat(0x22)
  const BS = i8x16.splat(0x5c)
  const NL = i8x16.splat(0x0a)
  const stack = scratch + 1024
  let p = walkPos
  while (p < end) {
    if (inString) {
      const v = v128.load(p)
      const m = i8x16.bitmask(v128.or(v128.or(i8x16.eq(v, Q), i8x16.eq(v, BS)), i8x16.eq(v, NL)))
      if (m == 0) {
        p += 16
        continue
      }
      p += ctz(m)
      if (p >= end) break
      const c = load<u8>(p)
      if (c == 0x5c) {
        if (p + 1 >= end) {
          walkPos = p
          return 0
        }
        if (load<u8>(p, 1) != 0x0a) {
          p += 2
          continue
        }
      }
      if (c != 0x22) {
        walkPos = p
        return 2
      }
      p++
      inString = false
      if (expect == KEY_OR_END) expect = COLON
      else if (level == 0) {
        walkPos = p
        return 1
      } else expect = COMMA_OR_END
      continue
    }
    const c = load<u8>(p)
    if (inWord) {
      if (isWord(c)) {
        p++
        continue
      }
      inWord = false
    }
    if (c == 0x20 || c == 0x0a || c == 0x0d || c == 0x09) {
      p++
      continue
    }
    const wantsValue = expect == VALUE || expect == VALUE_OR_END
    if (c == 0x22) {
      if (!wantsValue && expect != KEY_OR_END) {
        walkPos = p
        return 2
      }
      inString = true
    } else if (c == 0x7b || c == 0x5b) {
      if (!wantsValue || level >= MOST_LEVELS) {
        walkPos = p
        return wantsValue ? 3 : 2
      }
      store<u8>(stack + level, c)
      level++
      expect = c == 0x7b ? KEY_OR_END : VALUE_OR_END
    } else if (c == 0x7d || c == 0x5d) {
      const fits = level > 0 && load<u8>(stack + level - 1) == c - 2
      const may = expect == COMMA_OR_END || expect == (c == 0x7d ? KEY_OR_END : VALUE_OR_END)
      if (!fits || !may) {
        walkPos = p
        return 2
      }
      level--
      if (level == 0) {
        walkPos = p + 1
        return 1
      }
      expect = COMMA_OR_END
    } else if (c == 0x2c) {
      if (expect != COMMA_OR_END) {
        walkPos = p
        return 2
      }
      expect = load<u8>(stack + level - 1) == 0x7b ? KEY_OR_END : VALUE_OR_END
    } else if (c == 0x3a) {
      if (expect != COLON) {
        walkPos = p
        return 2
      }
      expect = VALUE
    } else if (isWord(c) && wantsValue && level > 0) {
      inWord = true
      expect = COMMA_OR_END
    } else {
      walkPos = p
      return 2
    }
    p++
  }
  walkPos = p < end ? p : end
  return 0
}

export function countNewlines(p: usize, end: usize): u32 {
  const NL = i8x16.splat(0x0a)
  let n: u32 = 0
  while (p + 16 <= end) {
    n += popcnt<u32>(i8x16.bitmask(i8x16.eq(v128.load(p), NL)))
    p += 16
  }
  while (p < end) {
    if (load<u8>(p) == 0x0a) n++
    p++
  }
  return n
}

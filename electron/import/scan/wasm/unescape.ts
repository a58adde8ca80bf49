// The text of a JSON string: escapes become UTF-8. Half a surrogate pair, which UTF-8 cannot say, is written the way
// WTF-8 does (three bytes), and a backslash that begins no escape stands for itself, so that nothing is lost; `flaws` says so.

/** 1: half a surrogate pair. 2: an escape that JSON does not know. */
export let flaws: u32 = 0
/** Of the last four digits one was none. */
let noDigit = false

// @ts-ignore: decorator
@inline
function digit(c: u32): u32 {
  if (c >= 0x30 && c <= 0x39) return c - 0x30
  const letter = c | 0x20
  if (letter >= 0x61 && letter <= 0x66) return letter - 0x57
  noDigit = true
  return 0
}

// @ts-ignore: decorator
@inline
function four(p: usize): u32 {
  noDigit = false
  return (digit(load<u8>(p)) << 12) | (digit(load<u8>(p, 1)) << 8) | (digit(load<u8>(p, 2)) << 4) | digit(load<u8>(p, 3))
}

/** Writes the text of [s, s + length) at d; returns its end. Needs 16 bytes of room past it. */
export function unescape(s: usize, length: u32, d: usize): usize {
  const end = s + length
  const BS = i8x16.splat(0x5c)
  flaws = 0
  while (s < end) {
    const v = v128.load(s)
    const m = i8x16.bitmask(i8x16.eq(v, BS))
    v128.store(d, v)
    if (m == 0) {
      s += 16
      d += 16
      continue
    }
    const k = <usize>ctz(m)
    s += k
    d += k
    if (s >= end) break
    const c = <u32>load<u8>(s, 1)
    s += 2
    if (c != 0x75) {
      let out = c
      if (c == 0x6e) out = 10
      else if (c == 0x74) out = 9
      else if (c == 0x72) out = 13
      else if (c == 0x62) out = 8
      else if (c == 0x66) out = 12
      else if (c != 0x22 && c != 0x5c && c != 0x2f) {
        // The letter is read again, as text.
        flaws |= 2
        out = 0x5c
        s--
      }
      store<u8>(d, out)
      d++
      continue
    }
    let u: u32 = 0
    noDigit = s + 4 > end
    if (!noDigit) u = four(s)
    if (noDigit) {
      flaws |= 2
      store<u8>(d, 0x5c)
      d++
      s--
      continue
    }
    s += 4
    if ((u & 0xf800) == 0xd800) {
      let paired = false
      if (u < 0xdc00 && s + 6 <= end && load<u16>(s) == 0x755c) {
        const low = four(s + 2)
        if (!noDigit && (low & 0xfc00) == 0xdc00) {
          u = 0x10000 + ((u - 0xd800) << 10) + (low - 0xdc00)
          s += 6
          paired = true
        }
      }
      if (!paired) flaws |= 1
    }
    if (u < 0x80) {
      store<u8>(d, u)
      d++
    } else if (u < 0x800) {
      store<u8>(d, 0xc0 | (u >> 6))
      store<u8>(d, 0x80 | (u & 63), 1)
      d += 2
    } else if (u < 0x10000) {
      store<u8>(d, 0xe0 | (u >> 12))
      store<u8>(d, 0x80 | ((u >> 6) & 63), 1)
      store<u8>(d, 0x80 | (u & 63), 2)
      d += 3
    } else {
      store<u8>(d, 0xf0 | (u >> 18))
      store<u8>(d, 0x80 | ((u >> 12) & 63), 1)
      store<u8>(d, 0x80 | ((u >> 6) & 63), 2)
      store<u8>(d, 0x80 | (u & 63), 3)
      d += 4
    }
  }
  return s > end ? d - (s - end) : d
}

// Reads the JSON of a skeleton, member by member, without making anything of it. Strict: what passes is JSON.

/** Where it reads, and where it must not read past. */
export let p: usize = 0
let stop: usize = 0

/** The string read last: where its inside stands, and what it is. */
export let textAt: usize = 0
export let textLength: u32 = 0
export let textKind: u32 = 0

export const ASCII: u32 = 2
export const UTF8: u32 = 3
/** It has escapes, which are sound. */
export const ESCAPED: u32 = 4
/** It stands for a text that was cut out: `textAt` is the number of the reference. */
export const REFERENCE: u32 = 5

/** The key read last, its first sixteen bytes as two words, and its length. */
export let key0: u64 = 0
export let key1: u64 = 0
export let keyLength: u32 = 0

export function beginJson(start: usize, end: usize): void {
  p = start
  stop = end
}

export function moveTo(place: usize): void {
  p = place
}

// @ts-ignore: decorator
@inline
function blanks(): void {
  while (load<u8>(p) <= 0x20) {
    const c = load<u8>(p)
    if ((c != 0x20 && c != 0x09 && c != 0x0a && c != 0x0d) || p >= stop) return
    p++
  }
}

// @ts-ignore: decorator
@inline
function isDigit(c: u8): bool {
  return c >= 0x30 && c <= 0x39
}

function isHex(c: u8): bool {
  return isDigit(c) || ((c | 0x20) >= 0x61 && (c | 0x20) <= 0x66)
}

function areSound(from: usize, to: usize): bool {
  for (let q = from; q < to; q++) {
    if (load<u8>(q) != 0x5c) continue
    const c = load<u8>(++q)
    if (c == 0x75) {
      if (!isHex(load<u8>(q, 1)) || !isHex(load<u8>(q, 2)) || !isHex(load<u8>(q, 3)) || !isHex(load<u8>(q, 4))) return false
      q += 4
    } else if (c != 0x22 && c != 0x5c && c != 0x2f && c != 0x6e && c != 0x74 && c != 0x72 && c != 0x62 && c != 0x66) {
      return false
    }
    if (q >= to) return false
  }
  return true
}

/** A string begins at p. */
export function text(): bool {
  const Q = i8x16.splat(0x22)
  const BS = i8x16.splat(0x5c)
  const SPACE = i8x16.splat(0x20)
  if (load<u8>(p) != 0x22) return false
  const start = ++p
  let escapes = false
  let high: i32 = 0
  while (p < stop) {
    const v = v128.load(p)
    const quotes = i8x16.bitmask(i8x16.eq(v, Q))
    const slashes = i8x16.bitmask(i8x16.eq(v, BS))
    // Up to and without what ends this step.
    const ends = quotes | slashes
    const before = ends == 0 ? 0xffff : (1 << ctz(ends)) - 1
    if (i8x16.bitmask(i8x16.lt_u(v, SPACE)) & before) return false
    high |= i8x16.bitmask(v) & before
    if (ends == 0) {
      p += 16
      continue
    }
    p += ctz(ends)
    if (load<u8>(p) == 0x22) break
    escapes = true
    p += 2
  }
  if (p >= stop) return false
  textAt = start
  textLength = <u32>(p - start)
  p++
  if (!escapes) {
    textKind = high ? UTF8 : ASCII
    return true
  }
  if (textLength > 6 && load<u32>(start) == 0x3030755c && load<u16>(start, 4) == 0x3030) {
    textKind = REFERENCE
    let n: u32 = 0
    for (let q = start + 6; q < p - 1; q++) n = n * 10 + load<u8>(q) - 48
    textAt = n
    return true
  }
  textKind = ESCAPED
  return areSound(start, p - 1)
}

// @ts-ignore: decorator
@inline
function word(at: usize, length: u32): u64 {
  return length >= 8 ? load<u64>(at) : load<u64>(at) & (((<u64>1) << (<u64>length << 3)) - 1)
}

/** Goes to the value of the object's next member and reads its key; 0 at its end, -1 where it is broken. */
export function member(isFirst: bool): i32 {
  blanks()
  if (load<u8>(p) == 0x7d) {
    p++
    return 0
  }
  if (!isFirst) {
    if (load<u8>(p) != 0x2c) return -1
    p++
    blanks()
  }
  // An escaped key may be one of those that are looked for.
  if (!text() || textKind > UTF8) return -1
  keyLength = textLength
  key0 = word(textAt, keyLength)
  key1 = keyLength > 8 ? word(textAt + 8, keyLength - 8) : 0
  blanks()
  if (load<u8>(p) != 0x3a) return -1
  p++
  blanks()
  return p < stop ? 1 : -1
}

/** Goes to the list's next item; 0 at its end, -1 where it is broken. */
export function item(isFirst: bool): i32 {
  blanks()
  if (load<u8>(p) == 0x5d) {
    p++
    return 0
  }
  if (isFirst) return p < stop ? 1 : -1
  if (load<u8>(p) != 0x2c) return -1
  p++
  blanks()
  return p < stop && load<u8>(p) != 0x5d ? 1 : -1
}

/** Whether this byte begins what stands at p; then p is behind it. */
// @ts-ignore: decorator
@inline
export function opens(c: u8): bool {
  if (load<u8>(p) != c) return false
  p++
  return true
}

/** A number stands at p: its text is left as that of a string. */
export function number(): bool {
  const start = p
  if (load<u8>(p) == 0x2d) p++
  if (load<u8>(p) == 0x30) p++
  else {
    if (!isDigit(load<u8>(p))) return false
    while (isDigit(load<u8>(p))) p++
  }
  if (load<u8>(p) == 0x2e) {
    p++
    if (!isDigit(load<u8>(p))) return false
    while (isDigit(load<u8>(p))) p++
  }
  if ((load<u8>(p) | 0x20) == 0x65) {
    p++
    if (load<u8>(p) == 0x2b || load<u8>(p) == 0x2d) p++
    if (!isDigit(load<u8>(p))) return false
    while (isDigit(load<u8>(p))) p++
  }
  textAt = start
  textLength = <u32>(p - start)
  textKind = ASCII
  return p <= stop
}

/** 1 true, 0 false, 2 null, -1 none of them. */
export function literal(): i32 {
  const four = load<u32>(p)
  if (four == 0x65757274) {
    p += 4
    return 1
  }
  if (four == 0x6c6c756e) {
    p += 4
    return 2
  }
  if (four == 0x736c6166 && load<u8>(p, 4) == 0x65) {
    p += 5
    return 0
  }
  return -1
}

/** Passes over any value. */
export function skipValue(): bool {
  const c = load<u8>(p)
  if (c == 0x22) return text()
  if (c == 0x7b) {
    p++
    let more = member(true)
    while (more == 1) {
      if (!skipValue()) return false
      more = member(false)
    }
    return more == 0
  }
  if (c == 0x5b) {
    p++
    let more = item(true)
    while (more == 1) {
      if (!skipValue()) return false
      more = item(false)
    }
    return more == 0
  }
  return c == 0x2d || isDigit(c) ? number() : literal() >= 0
}

// Turns the text of a record, which refers to what was cut out of its line ("\u0000" + number), into the kept text, which
// refers to bodies of the store (electron/store/kept-record.ts).

import { addMissing, addUsed, bodyOf, clearMissing, elems, nMissing, nRefs, refs, scratch } from './memory'

function writeNumber(out: usize, n: u32): usize {
  const top = scratch + 640
  let digits = top
  do {
    digits--
    store<u8>(digits, 48 + (n % 10))
    n /= 10
  } while (n)
  memory.copy(out, digits, top - digits)
  return out + (top - digits)
}

/** Printed JSON has a quote after one of these only where a string begins: inside a string it is escaped. */
// @ts-ignore: decorator
@inline
function opensString(before: u8): bool {
  return before == 0x3a || before == 0x2c || before == 0x5b || before == 0x7b
}

/**
 * Reads [src, src + length), which must be printed without white space, and writes the kept text at dst. Returns its
 * end; 0 when texts have no body yet (they stand in `missing`), 1 when [dst, dstEnd) is too small.
 */
export function keep(src: usize, length: u32, dst: usize, dstEnd: usize): usize {
  const BS = i8x16.splat(0x5c)
  const end = src + length
  let p = src
  let from = src
  let out = dst
  clearMissing()
  while (p < end) {
    const m = i8x16.bitmask(i8x16.eq(v128.load(p), BS))
    if (m == 0) {
      p += 16
      continue
    }
    p += ctz(m)
    if (p >= end) break
    const isReference =
      p >= src + 2 &&
      load<u32>(p) == 0x3030755c &&
      load<u16>(p, 4) == 0x3030 &&
      load<u8>(p - 1) == 0x22 &&
      opensString(load<u8>(p - 2))
    if (!isReference) {
      p += 2
      continue
    }
    p += 6
    if (out + (p - from) + 16 > dstEnd) return 1
    memory.copy(out, from, p - from)
    out += p - from
    let n: u32 = 0
    while (p < end && load<u8>(p) != 0x22) {
      n = n * 10 + load<u8>(p) - 48
      p++
    }
    from = p
    if (n >= nRefs) continue // cannot happen: whatever looked like a reference was cut
    const ref = refs + (<usize>n << 4)
    const first = load<u32>(ref)
    const count = load<u32>(ref, 4)
    const separator = load<u32>(ref, 8)
    if (out + 11 * <usize>count + 16 > dstEnd) return 1
    if (separator != 0) {
      store<u16>(out, 0x2c5b)
      out += 2
      if (separator == 2) {
        store<u8>(out, 0x20)
        out++
      }
    }
    for (let i: u32 = 0; i < count; i++) {
      const raw = load<u32>(elems + <usize>(first + i) * 12, 8)
      const body = load<u32>(bodyOf + (<usize>raw << 2))
      if (body == 0) {
        addMissing(first + i)
        continue
      }
      addUsed(body)
      if (i) {
        store<u8>(out, 0x2c)
        out++
      }
      out = writeNumber(out, body)
    }
  }
  if (nMissing) return 0
  if (out + (end - from) + 16 > dstEnd) return 1
  memory.copy(out, from, end - from)
  return out + (end - from)
}

// Writes JSON into the skeleton. What does not fit is not written, and `isFull` says so: the host makes room and asks again.

import { dtoa_buffered } from 'util/number'
import {
  addElem,
  addRef,
  copyToSkeleton,
  dropElems,
  dropLast,
  elemCap,
  elems,
  moveSkeleton,
  nElems,
  nLeaves,
  nRefs,
  refCap,
  scratch,
  skel,
  skelCap,
  skelPos,
} from './memory'
import { plainId } from './hash'

/** As in scan.ts: strings whose JSON is at least as long are cut out, small elements of lists are not. */
const THRESHOLD: u32 = 128
const SMALL_ELEMENT: u32 = 48
/** Of an element's length: its text is no JSON but plain UTF-8 (scanner.ts has the same number). */
const PLAIN: u32 = 0x8000_0000
/** Enough to close every bracket. */
const RESERVE: usize = 64

let end: usize = 0
/** Where texts are put that do not stand in the input: bytes as base64. */
let side: usize = 0
let sideEnd: usize = 0
let sidePos: usize = 0
export let isFull = false
/** A number may not stand as JSON.stringify would print it. */
export let isOdd = false

export function placeSide(at: usize, cap: usize): void {
  side = at
  sideEnd = at + cap
}

export function beginOutput(): void {
  end = skel + skelCap - RESERVE
  sidePos = side
  isFull = false
}

/** Something to go back to. */
let backSkeleton: usize = 0
let backRefs: u32 = 0
let backElems: u32 = 0
let backLeaves: u32 = 0

export function mark(): void {
  backSkeleton = skelPos
  backRefs = nRefs
  backElems = nElems
  backLeaves = nLeaves
  isOdd = false
}

export function goBack(): void {
  dropLast(backRefs, backElems, backLeaves, backSkeleton)
  isFull = false
}

// @ts-ignore: decorator
@inline
function fits(length: usize): bool {
  if (skelPos + length <= end) return true
  isFull = true
  return false
}

/** ASCII of ours. */
export function literal(text: string): void {
  const from = changetype<usize>(text)
  const length = <usize>text.length
  if (!fits(length)) return
  for (let i: usize = 0; i < length; i += 16) {
    v128.store(skelPos + i, i8x16.narrow_i16x8_u(v128.load(from + i * 2), v128.load(from + i * 2, 16)))
  }
  moveSkeleton(skelPos + length)
}

/** Closing brackets, for which there always is room. */
export function closing(text: string): void {
  const kept = end
  end += RESERVE
  literal(text)
  end = kept
}

/** A name and its colon, after a comma where something stands before it. */
export function key(name: string): void {
  separate()
  literal(name)
}

export function separate(): void {
  const before = load<u8>(skelPos - 1)
  if (before != 0x7b && before != 0x5b) literal(',')
}

function digits(value: u64, negative: bool): void {
  let at = scratch + 640
  const top = at
  do {
    at--
    store<u8>(at, 48 + <u8>(value % 10))
    value /= 10
  } while (value)
  if (negative) store<u8>(--at, 0x2d)
  if (!fits(top - at)) return
  copyToSkeleton(at, top)
}

export function unsigned(value: u64): void {
  digits(value, false)
}

export function signed(value: i64): void {
  digits(value < 0 ? <u64>(-value) : <u64>value, value < 0)
}

/** JSON has no word for what is no number: OTLP writes a string. */
export function double(value: f64): void {
  if (isNaN(value)) return literal('"NaN"')
  if (!isFinite(value)) return literal(value > 0 ? '"Infinity"' : '"-Infinity"')
  const from = scratch + 704
  let length = <usize>dtoa_buffered(from, value)
  // a whole number: JSON prints it without ".0"
  if (length > 2 && load<u32>(from + length * 2 - 4) == 0x0030_002e) length -= 2
  if (!fits(length)) return
  // of so many digits the last may be another than the nearest to the double
  if (length > 16) isOdd = true
  for (let i: usize = 0; i < length; i++) store<u8>(skelPos + i, load<u8>(from + i * 2))
  moveSkeleton(skelPos + length)
}

// @ts-ignore: decorator
@inline
function hexDigit(n: u32): u8 {
  return <u8>(n < 10 ? 48 + n : 87 + n)
}

export function hex(p: usize, length: u32): void {
  if (!fits(<usize>length * 2 + 2)) return
  let out = skelPos
  store<u8>(out++, 0x22)
  for (let i: u32 = 0; i < length; i++) {
    const byte = <u32>load<u8>(p + i)
    store<u8>(out, hexDigit(byte >> 4))
    store<u8>(out, hexDigit(byte & 15), 1)
    out += 2
  }
  store<u8>(out++, 0x22)
  moveSkeleton(out)
}

// @ts-ignore: decorator
@inline
function base64Digit(n: u32): u8 {
  if (n < 26) return <u8>(65 + n)
  if (n < 52) return <u8>(71 + n)
  return n < 62 ? <u8>(n - 4) : n == 62 ? 0x2b : 0x2f
}

function writeBase64(p: usize, length: u32, to: usize): usize {
  const last = p + length
  for (; p + 3 <= last; p += 3) {
    const n = (<u32>load<u8>(p) << 16) | (<u32>load<u8>(p, 1) << 8) | load<u8>(p, 2)
    store<u8>(to, base64Digit(n >> 18))
    store<u8>(to, base64Digit((n >> 12) & 63), 1)
    store<u8>(to, base64Digit((n >> 6) & 63), 2)
    store<u8>(to, base64Digit(n & 63), 3)
    to += 4
  }
  if (p < last) {
    const two = p + 1 < last
    const n = (<u32>load<u8>(p) << 16) | (two ? <u32>load<u8>(p, 1) << 8 : 0)
    store<u8>(to, base64Digit(n >> 18))
    store<u8>(to, base64Digit((n >> 12) & 63), 1)
    store<u8>(to, two ? base64Digit((n >> 6) & 63) : 0x3d, 2)
    store<u8>(to, 0x3d, 3)
    to += 4
  }
  return to
}

/** Bytes as a string of base64. */
export function base64(p: usize, length: u32): void {
  const written = ((length + 2) / 3) * 4
  if (written < THRESHOLD) {
    if (!fits(<usize>written + 2)) return
    store<u8>(skelPos, 0x22)
    const to = writeBase64(p, length, skelPos + 1)
    store<u8>(to, 0x22)
    moveSkeleton(to + 1)
    return
  }
  if (sidePos + written > sideEnd) {
    isFull = true
    return
  }
  const from = sidePos
  sidePos = writeBase64(p, length, sidePos)
  cut(from, written, written)
}

// @ts-ignore: decorator
@inline
function needsEscape(v: v128): u32 {
  const control = i8x16.lt_u(v, i8x16.splat(0x20))
  const marks = v128.or(i8x16.eq(v, i8x16.splat(0x22)), i8x16.eq(v, i8x16.splat(0x5c)))
  return i8x16.bitmask(v128.or(control, marks))
}

// @ts-ignore: decorator
@inline
function isShortControl(c: u32): bool {
  return c == 8 || c == 9 || c == 10 || c == 12 || c == 13
}

/** How long the text is as JSON. */
function escapedLength(p: usize, length: u32): u32 {
  const last = p + length
  let n = length
  for (; p < last; p += 16) {
    let m = needsEscape(v128.load(p))
    if (last - p < 16) m &= (1 << <u32>(last - p)) - 1
    while (m) {
      const c = <u32>load<u8>(p + <usize>ctz(m))
      n += c >= 0x20 || isShortControl(c) ? 1 : 5
      m &= m - 1
    }
  }
  return n
}

function escape(c: u32): void {
  let out = skelPos
  store<u8>(out, 0x5c)
  if (c >= 0x20) store<u8>(out, c, 1)
  else if (isShortControl(c)) store<u8>(out, c == 8 ? 0x62 : c == 9 ? 0x74 : c == 10 ? 0x6e : c == 12 ? 0x66 : 0x72, 1)
  else {
    store<u32>(out, 0x3030755c)
    store<u8>(out, 48 + (c >> 4), 4)
    store<u8>(out, hexDigit(c & 15), 5)
    out += 4
  }
  moveSkeleton(out + 2)
}

/** A string: escaped when it is short, a reference when its JSON is long. */
export function text(p: usize, length: u32): void {
  if (length >= THRESHOLD || (length > 0 && load<u8>(p) == 0)) return cut(p, length, 0)
  if (!fits(<usize>length * 6 + 24)) return
  const start = skelPos
  store<u8>(start, 0x22)
  moveSkeleton(start + 1)
  const last = p + length
  while (p < last) {
    const v = v128.load(p)
    v128.store(skelPos, v)
    const m = needsEscape(v)
    const plain = m == 0 ? 16 : <usize>ctz(m)
    if (p + plain >= last) {
      moveSkeleton(skelPos + (last - p))
      break
    }
    moveSkeleton(skelPos + plain)
    p += plain
    if (m == 0) continue
    escape(load<u8>(p))
    p++
  }
  if (skelPos - start - 1 >= THRESHOLD) {
    moveSkeleton(start)
    return cut(last - length, length, 0)
  }
  store<u8>(skelPos, 0x22)
  moveSkeleton(skelPos + 1)
}

/** `escaped` is the length as JSON where it is known. */
function cut(p: usize, length: u32, escaped: u32): void {
  if (nRefs >= refCap || nElems >= elemCap) {
    isFull = true
    return
  }
  if (!fits(24)) return
  const first = nElems
  let separator: u32 = 0
  if (length > 2 && load<u16>(p) == 0x7b5b) {
    separator = split(p, length, escaped)
    if (separator == 0) dropElems(first)
  }
  if (separator == 0) addElem(p, length)
  for (let i = first; i < nElems; i++) {
    const elem = elems + <usize>i * 12
    const long = load<u32>(elem, 4)
    store<u32>(elem, plainId(<usize>load<u32>(elem), long), 8)
    store<u32>(elem, long | PLAIN, 4)
  }
  literal('"\\u0000')
  unsigned(nRefs)
  literal('"')
  addRef(first, nElems - first, separator)
}

/** As `split` of scan.ts does with escaped text. Returns 0 when the list stays whole, else 1 for "," and 2 for ", ". */
function split(start: usize, length: u32, escaped: u32): u32 {
  const last = start + length
  const first = nElems
  const Q = i8x16.splat(0x22)
  let separator: u32 = 0
  let p = start + 1
  while (true) {
    const from = p
    let level = 0
    while (true) {
      if (p >= last) return 0
      const c = load<u8>(p++)
      if (c == 0x22) {
        while (true) {
          if (p >= last) return 0
          const m = i8x16.bitmask(i8x16.eq(v128.load(p), Q))
          if (m == 0) {
            p += 16
            continue
          }
          p += ctz(m)
          if (p >= last) return 0
          let slashes = 0
          while (load<u8>(p - 1 - slashes) == 0x5c) slashes++
          p++
          if ((slashes & 1) == 0) break
        }
      } else if (c == 0x7b || c == 0x5b) level++
      else if (c == 0x7d || c == 0x5d) {
        if (--level == 0) break
      } else if (c < 0x20) return 0
    }
    if (nElems >= elemCap) return 0
    addElem(from, <u32>(p - from))
    if (p >= last) return 0
    const c = load<u8>(p)
    if (c == 0x5d) {
      const count = nElems - first
      if (p != last - 1) return 0
      if (length < count * SMALL_ELEMENT && (escaped ? escaped : escapedLength(start, length)) < count * SMALL_ELEMENT) {
        return 0
      }
      return separator ? separator : 1
    }
    if (c != 0x2c || p + 2 >= last) return 0
    const found: u32 = load<u8>(p, 1) == 0x20 ? 2 : 1
    if (separator && separator != found) return 0
    separator = found
    p += found
    if (load<u8>(p) != 0x7b) return 0
  }
}

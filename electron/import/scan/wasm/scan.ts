// Cuts long strings out of JSON. What stays is a small *skeleton* that JSON.parse can read: each long string is replaced
// by "\u0000" and the number of a reference. An embedded array of objects is cut into its elements, because agents send
// the whole history with every call and only the elements repeat. Nothing is decoded here: most texts are repeats.
//
// Compiled by AssemblyScript (electron/wasm/build.mjs). SIMD, 64 bytes a step.

import {
  addElem,
  addLeaf,
  addLine,
  addRef,
  copyToSkeleton,
  dropElems,
  elemCap,
  elems,
  hasLeaves,
  keepLeaves,
  leafCap,
  lineCap,
  moveSkeleton,
  nElems,
  newlines,
  nLeaves,
  nLines,
  nRefs,
  passNewline,
  refCap,
  scratch,
  skelPos,
} from './memory'
import { rawId } from './hash'
import { clearKeys, DOUBTFUL, isNewKey, isPlainText, judgeFraction, PLAIN } from './printed'

export * from './memory'
export { setKeys, placeTable, growTable, tableUsed, nextRaw, hash52, mix52 } from './hash'
export { walkStart, walk, walkPos, countNewlines } from './walk'
export { unescape, flaws } from './unescape'
export { keep } from './keep'
export {
  deepAt,
  deepLength,
  otlpAt,
  otlpFirst,
  otlpItems,
  otlpNext,
  otlpStart,
  placeSide,
} from './otlp'
export { silence } from './span-sets'
export { forgetTexts, outlineEnd, placeTexts, tapeLine, TEXTS_SIZE } from './spans'

/** Strings of at least this many bytes are cut out (electron/store/kept-record.ts has the same number). */
const THRESHOLD: u32 = 128
/** An embedded array whose elements are smaller on average stays in one piece: an id costs more than it saves. */
const SMALL_ELEMENT: u32 = 48

// Flags of a line.
const DEEP: u32 = 1 // past 200 levels
const NUMBER: u32 = 2 // a bare number that a double may not hold
const FULL: u32 = 4 // a string that had to be cut could not be
const LONE: u32 = 8 // half a surrogate pair in a short string
const OPEN: u32 = 16 // ends inside a string or a container
const ODD: u32 = 32 // not as JSON.stringify prints it
const KEYS: u32 = 64 // parsing may drop or move a key: what stands in the text need not be what is parsed
const SPANS: u32 = 128 // it has leaves, and each is a span of an OTLP request (otlp.ts has the same number)

let copyFrom: usize = 0
let depth: i32 = 0
let deepest: i32 = 0
let flags: u32 = 0
/** What is not printed as JSON.stringify would, so far in this line. */
let oddities: u32 = 0
/** The last of { } [ ] , : */
let last: u8 = 0
/** Bit of a level: its container is an array. */
let arrays: u64 = 0
let leafStart: usize = 0
let leafOddities: u32 = 0
/** Where in this leaf a number stands that may or may not be as printed; how many there are in this line. */
let doubt: usize = 0
let doubts: u32 = 0

/** Levels 1 to 6 of `{"…":[{"…":[{"…":[` … : an object inside is a leaf. So lie the spans of an OTLP request. */
const LEAF_LEVEL: i32 = 7
const LEAF_ABOVE: u32 = 0x54
/** Bit of a level: its array stands under the name by which OTLP has it. */
let named: u32 = 0
/** A leaf stands under other names. */
let isStrange = false
/** Keys are watched down to here. */
const MOST_LEVELS: i32 = 64

// @ts-ignore: decorator
@inline
function mask64(p: usize, c: v128): u64 {
  return (
    <u64>(<u32>i8x16.bitmask(i8x16.eq(v128.load(p), c))) |
    (<u64>(<u32>i8x16.bitmask(i8x16.eq(v128.load(p, 16), c))) << 16) |
    (<u64>(<u32>i8x16.bitmask(i8x16.eq(v128.load(p, 32), c))) << 32) |
    (<u64>(<u32>i8x16.bitmask(i8x16.eq(v128.load(p, 48), c))) << 48)
  )
}

/** Where a byte of the input that was not copied yet will stand in the skeleton. */
// @ts-ignore: decorator
@inline
function skeletonPlace(p: usize): usize {
  return skelPos + (p - copyFrom)
}

function open(p: usize, isArray: bool): void {
  if (++depth > deepest) deepest = depth
  if (depth < 1 || depth >= MOST_LEVELS) {
    flags |= KEYS
    return
  }
  const bit = <u64>1 << depth
  if (isArray) {
    arrays |= bit
    if (depth < LEAF_LEVEL) noteName(p)
    return
  }
  arrays &= ~bit
  clearKeys(depth)
  if (depth == LEAF_LEVEL && (<u32>arrays & 0x7e) == LEAF_ABOVE) {
    leafStart = skeletonPlace(p)
    leafOddities = oddities
    doubt = 0
    if (named != LEAF_ABOVE) isStrange = true
  }
}

/** An array begins at p, at level 2, 4 or 6 of an OTLP request: has it the right name? */
function noteName(p: usize): void {
  const bit = <u32>1 << depth
  named &= ~bit
  if ((LEAF_ABOVE & bit) == 0) return
  let q = p - 1
  while (load<u8>(q) <= 0x20) q--
  if (load<u8>(q) != 0x3a) return
  q--
  while (load<u8>(q) <= 0x20) q--
  if (load<u8>(q) != 0x22) return
  const end = q
  // Quotes included, in words of eight bytes.
  if (depth == 2) {
    if (load<u64>(end - 7) != RESOURCE_END || load<u64>(end - 14) != RESOURCE_START) return
  } else if (depth == 4) {
    if (load<u64>(end - 7) != SCOPE_END || load<u64>(end - 11) != SCOPE_START) return
  } else if ((load<u64>(end - 7) & 0xffffffffffffff00) != SPANS_NAME) return
  named |= bit
}

function pack(text: string, from: i32): u64 {
  let word: u64 = 0
  for (let i = 0; i < 8; i++) word |= <u64>text.charCodeAt(from + i) << (<u64>i << 3)
  return word
}

const RESOURCE_START = pack('"resourceSpans"', 0)
const RESOURCE_END = pack('"resourceSpans"', 7)
const SCOPE_START = pack('"scopeSpans"', 0)
const SCOPE_END = pack('"scopeSpans"', 4)
/** Seven bytes; the one before them is left out. */
const SPANS_NAME = pack('_"spans"', 0) & 0xffffffffffffff00

function close(p: usize): void {
  if (depth == LEAF_LEVEL && leafStart != 0) {
    if (nLeaves < leafCap) addLeaf(leafStart, skeletonPlace(p) + 1, oddities != leafOddities, doubt)
    else flags |= KEYS
    leafStart = 0
  }
  depth--
}

/** A leaf may hold one number that only the host can judge: it is told where. */
function judge(point: usize): void {
  const verdict = judgeFraction(point)
  if (verdict == PLAIN) return
  if (verdict == DOUBTFUL && leafStart != 0 && doubt == 0) {
    doubt = skeletonPlace(point)
    doubts++
  } else oddities++
}

/** What stands between strings: levels, numbers that deserve a closer look, and whether it is as printed. */
function outside(p: usize, end: usize): void {
  let run = 0
  let limit = 16
  for (; p < end; p++) {
    const c = load<u8>(p)
    if (c >= 0x30 && c <= 0x39) {
      if (++run >= limit) flags |= NUMBER
      continue
    }
    const digits = run
    run = 0
    if (c == 0x2c || c == 0x3a) {
      limit = 16
      last = c
    } else if (c == 0x2e) {
      // digits before and after the point count together, but for a zero that only stands before it
      run = digits == 1 && load<u8>(p - 1) == 0x30 ? 0 : digits
      limit = 18
      judge(p)
    } else if ((c | 0x20) == 0x65) {
      limit = 3
      if (digits || load<u8>(p - 1) == 0x2e) oddities++
    } else if (c == 0x2d || c == 0x2b) {
      if (c == 0x2b || (load<u8>(p, 1) == 0x30 && load<u8>(p, 2) != 0x2e)) oddities++
    } else {
      limit = 16
      if (c == 0x7b || c == 0x5b) {
        last = c
        open(p, c == 0x5b)
      } else if (c == 0x7d || c == 0x5d) {
        last = c
        close(p)
      } else if (c <= 0x20) oddities++
    }
  }
}

/** Whether a short string holds an escaped half of a surrogate pair. */
function hasLoneSurrogate(p: usize, end: usize): bool {
  while (p + 5 < end) {
    if (load<u8>(p) != 0x5c) {
      p++
      continue
    }
    if (load<u8>(p, 1) != 0x75 || (load<u8>(p, 2) | 0x20) != 0x64 || load<u8>(p, 3) < 0x38) {
      p += 2
      continue
    }
    const high = (load<u8>(p, 3) | 0x20) < 0x63
    if (!high || p + 11 >= end) return true
    const low = load<u8>(p, 9) | 0x20
    if (load<u16>(p, 6) != 0x755c || (load<u8>(p, 8) | 0x20) != 0x64 || low < 0x63) return true
    p += 12
  }
  return false
}

/**
 * Cuts `[{…},{…}]` into its elements. Only where joining them again gives the same bytes: every separator is the same,
 * "," or ", ", and nothing else stands between. Returns 0 when it is not so, else 1 for "," and 2 for ", ".
 */
function split(start: usize, length: u32): u32 {
  const end = start + length
  const first = nElems
  const Q = i8x16.splat(0x22)
  let separator: u32 = 0
  let p = start + 1
  while (true) {
    const from = p
    let level = 0
    while (true) {
      if (p >= end) return 0
      const c = load<u8>(p)
      if (c == 0x5c) {
        // \" opens a string of the embedded JSON: look for the \" that closes it
        p += 2
        while (true) {
          if (p >= end) return 0
          const m = i8x16.bitmask(i8x16.eq(v128.load(p), Q))
          if (m == 0) {
            p += 16
            continue
          }
          p += ctz(m)
          if (p >= end) return 0
          let slashes = 0
          let b = p - 1
          while (b > start && load<u8>(b) == 0x5c) {
            slashes++
            b--
          }
          p++
          if ((slashes & 3) == 1) break
        }
        continue
      }
      p++
      if (c == 0x7b || c == 0x5b) level++
      else if (c == 0x7d || c == 0x5d) {
        if (--level == 0) break
      }
    }
    if (nElems >= elemCap) return 0
    addElem(from, <u32>(p - from))
    if (p >= end) return 0
    const c = load<u8>(p)
    if (c == 0x5d) {
      if (p != end - 1 || length < (nElems - first) * SMALL_ELEMENT) return 0
      return separator ? separator : 1
    }
    if (c != 0x2c || p + 2 >= end) return 0
    const found: u32 = load<u8>(p, 1) == 0x20 ? 2 : 1
    if (separator && separator != found) return 0
    separator = found
    p += found
    if (load<u8>(p) != 0x7b) return 0
  }
}

function cut(start: usize, length: u32): void {
  const first = nElems
  let separator: u32 = 0
  if (length >= THRESHOLD && load<u16>(start) == 0x7b5b) {
    separator = split(start, length)
    if (separator == 0) dropElems(first)
  }
  if (separator == 0) addElem(start, length)
  for (let i = first; i < nElems; i++) {
    const elem = elems + <usize>i * 12
    store<u32>(elem, rawId(<usize>load<u32>(elem), load<u32>(elem, 4)), 8)
  }
  copyToSkeleton(copyFrom, start)
  copyFrom = start + length
  let out = skelPos
  store<u32>(out, 0x3030755c) // \u00
  store<u16>(out, 0x3030, 4) // 00
  out += 6
  let digits = scratch + 640
  const top = digits
  let n = nRefs
  do {
    digits--
    store<u8>(digits, 48 + (n % 10))
    n /= 10
  } while (n)
  memory.copy(out, digits, top - digits)
  moveSkeleton(out + (top - digits))
  addRef(first, nElems - first, separator)
}

/** A string that starts with an escaped U+0000 looks like a reference: it has to be cut. */
// @ts-ignore: decorator
@inline
function startsWithMark(start: usize, length: u32): bool {
  return length >= 6 && load<u32>(start) == 0x3030755c && load<u16>(start, 4) == 0x3030
}

/** A string is over: is it a key, and does it stand as it would be printed? */
// @ts-ignore: decorator
@inline
function finish(start: usize, length: u32, escapes: bool, isCut: bool): void {
  if ((last == 0x7b || last == 0x2c) && depth > 0 && depth < MOST_LEVELS && ((arrays >> depth) & 1) == 0) {
    if (!isNewKey(depth, start, length)) flags |= KEYS
  }
  if (!isCut && (length >= THRESHOLD || (escapes && !isPlainText(start, length)))) oddities++
}

function beginLine(): void {
  depth = deepest = 0
  flags = 0
  oddities = 0
  doubts = 0
  last = 0
  leafStart = 0
  named = 0
  isStrange = false
  keepLeaves()
}

function endLine(skelStart: usize, start: usize, end: usize, number: u32): void {
  if (depth != 0) flags |= OPEN
  if (deepest > 200) flags |= DEEP
  if (oddities + doubts) flags |= ODD
  if (hasLeaves() && !isStrange) flags |= SPANS
  copyToSkeleton(copyFrom, end)
  addLine(skelStart, start, end, flags, number)
}

function scan(start: usize, end: usize, byLine: bool): usize {
  const BS = i8x16.splat(0x5c)
  const Q = i8x16.splat(0x22)
  const NL = i8x16.splat(0x0a)
  const maxRefs = refCap - (refCap >> 2)
  const maxElems = elemCap - (elemCap >> 2)
  const maxLeaves = leafCap - (leafCap >> 2)
  let carry: u64 = 0
  let inString = false
  let escapes = false
  let from: usize = start // of the string, or of what stands between two
  let lineStart = start
  let skelStart = skelPos
  copyFrom = start
  beginLine()
  for (let p = start; p < end; p += 64) {
    let b = mask64(p, BS)
    let escaped: u64
    const slashes = b != 0
    if (slashes) escapes = true
    if (!slashes) {
      escaped = carry
      carry = 0
    } else {
      b &= ~carry
      const follows = (b << 1) | carry
      const even: u64 = 0x5555555555555555
      const odd = b & ~even & ~follows
      const sum = odd + b
      carry = <u64>(sum < b)
      escaped = (even ^ (sum << 1)) & follows
    }
    let m = mask64(p, Q) & ~escaped
    if (byLine) m |= mask64(p, NL)
    while (m) {
      const at = p + <usize>ctz(m)
      m &= m - 1
      if (at >= end) break
      if (load<u8>(at) == 0x22) {
        if (!inString) {
          outside(from, at)
          inString = true
          escapes = slashes
          from = at + 1
        } else {
          inString = false
          const length = <u32>(at - from)
          let isCut = false
          if (length >= THRESHOLD || (escapes && startsWithMark(from, length))) {
            isCut = nRefs < refCap && nElems < elemCap
            if (isCut) cut(from, length)
            else if (startsWithMark(from, length)) flags |= FULL
          } else if (escapes && hasLoneSurrogate(from, at)) flags |= LONE
          finish(from, length, escapes, isCut)
          from = at + 1
        }
        continue
      }
      // a newline: whatever was open belonged to the line it ends
      passNewline()
      if (inString) flags |= OPEN
      else outside(from, at)
      if (at > lineStart) endLine(skelStart, lineStart, at, newlines)
      inString = false
      from = lineStart = copyFrom = at + 1
      skelStart = skelPos
      beginLine()
      if (nLines >= lineCap || nRefs >= maxRefs || nElems >= maxElems || nLeaves >= maxLeaves) return lineStart
    }
  }
  if (!byLine) {
    if (inString) flags |= OPEN
    else outside(from, end)
    endLine(skelStart, start, end, 0)
  }
  return end
}

/** Scans whole lines; may stop early, at the end of a line, when its tables are nearly full. Returns where. */
export function scanLines(start: usize, end: usize): usize {
  return scan(start, end, true)
}

/** Scans one value that may stretch over several lines. */
export function scanValue(start: usize, end: usize): void {
  scan(start, end, false)
}

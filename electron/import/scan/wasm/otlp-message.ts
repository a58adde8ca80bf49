// Writes an OTLP message as what OTLP/JSON makes of it, long texts cut out.

import { base64, double, hex, isFull, key, literal, separate, signed, text, unsigned } from './json-out'
import { ANY, howOf, ID, KEY_VALUE, MESSAGE, nameOf, NUMBER, REPEATED, TEXT, TIME } from './otlp-schema'
import { field, from, tag, to, value } from './protobuf'

/** An id of more bytes is none. */
const LONGEST_ID: u32 = 60
/** Values in values past this level are kept as the bytes they were: JSON's limit of 200 levels, four to a value. */
const DEEPEST: u32 = 45

/** A value that was too deep and stands there as bytes: the first since `forgetDeep`. */
export let deepAt: usize = 0
export let deepLength: u32 = 0

export function forgetDeep(): void {
  deepAt = 0
}

/** A name stands twice in one object, since `forgetTwice`. */
export let isTwice = false

export function forgetTwice(): void {
  isTwice = false
}

/** An object. False when it is broken. */
export function message(sort: u32, p: usize, end: usize): bool {
  literal('{')
  if (!fields(sort, p, end)) return false
  literal('}')
  return true
}

export function fields(sort: u32, p: usize, end: usize): bool {
  let listed: u32 = 0
  let seen: u32 = 0
  while (p < end && !isFull) {
    const next = field(p, end)
    if (next == 0) return false
    const how = howOf(sort, tag)
    const kind = how & 255
    if (kind == REPEATED) {
      const bit: u32 = 1 << (tag >> 3)
      if ((listed & bit) == 0) {
        listed |= bit
        if (!list(sort, p, end)) return false
      }
    } else if (kind != 0) {
      const a = from
      const b = to
      const length = <u32>(b - a)
      if (kind == ID && length > LONGEST_ID) return false
      // JSON.parse takes the last as we do, and then it is not as it stands here
      const bit: u32 = 1 << (tag >> 3)
      if (seen & bit) isTwice = true
      seen |= bit
      key(nameOf(sort, tag))
      if (kind == TEXT) text(a, length)
      else if (kind == ID) hex(a, length)
      else if (kind == NUMBER) signed(<i64>value)
      else if (kind == TIME) quoted(value)
      else if (kind == ANY) {
        if (!anyValue(a, b, 0)) return false
      } else if (kind == MESSAGE) {
        if (!message(how >> 8, a, b)) return false
      }
    }
    p = next
  }
  return true
}

function quoted(number: u64): void {
  literal('"')
  unsigned(number)
  literal('"')
}

/** Every field like the one at p, which may stand far apart. */
function list(sort: u32, p: usize, end: usize): bool {
  const own = tag
  const item = howOf(sort, own) >> 8
  key(nameOf(sort, own))
  literal('[')
  while (p < end && !isFull) {
    const next = field(p, end)
    if (next == 0) return false
    if (tag == own) {
      separate()
      if (!(item == KEY_VALUE ? keyValue(from, to, 0) : message(item, from, to))) return false
    }
    p = next
  }
  literal(']')
  return true
}

function keyValue(p: usize, end: usize, level: u32): bool {
  let name: usize = 0
  let nameLength: u32 = 0
  let start: usize = 0
  let stop: usize = 0
  while (p < end) {
    const next = field(p, end)
    if (next == 0) return false
    if (tag == 10) {
      name = from
      nameLength = <u32>(to - from)
    } else if (tag == 18) {
      start = from
      stop = to
    }
    p = next
  }
  literal('{"key":')
  text(name, nameLength)
  literal(',"value":')
  if (!anyValue(start, stop, level)) return false
  literal('}')
  return true
}

/** The last field counts, as everywhere in protobuf; without any it is null, which OTLP/JSON writes `{}`. */
function anyValue(p: usize, end: usize, level: u32): bool {
  const whole = p
  let last: usize = 0
  while (p < end) {
    const next = field(p, end)
    if (next == 0) return false
    if (tag < 64) last = p
    p = next
  }
  literal('{')
  if (last != 0) {
    field(last, end)
    const a = from
    const b = to
    if (tag == 10) {
      literal('"stringValue":')
      text(a, <u32>(b - a))
    } else if (tag == 16) literal(value ? '"boolValue":true' : '"boolValue":false')
    else if (tag == 24) {
      literal('"intValue":"')
      signed(<i64>value)
      literal('"')
    } else if (tag == 33) {
      literal('"doubleValue":')
      double(reinterpret<f64>(value))
    } else if (tag == 58) {
      literal('"bytesValue":')
      base64(a, <u32>(b - a))
    } else if (tag == 42 || tag == 50) {
      if (level == DEEPEST) {
        if (deepAt == 0) {
          deepAt = whole
          deepLength = <u32>(end - whole)
        }
        literal('"bytesValue":')
        base64(whole, <u32>(end - whole))
      } else if (!values(a, b, tag == 50, level + 1)) return false
    }
  }
  literal('}')
  return true
}

function values(p: usize, end: usize, named: bool, level: u32): bool {
  literal(named ? '"kvlistValue":{"values":[' : '"arrayValue":{"values":[')
  while (p < end && !isFull) {
    const next = field(p, end)
    if (next == 0) return false
    if (tag == 10) {
      separate()
      if (!(named ? keyValue(from, to, level) : anyValue(from, to, level))) return false
    }
    p = next
  }
  literal(']}')
  return true
}

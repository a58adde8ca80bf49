// Reads OTLP protobuf and writes what the same data is as OTLP/JSON, long texts cut out as scan.ts cuts them: the format
// that reads the JSON reads this. Slice by slice, so that a request of any size costs little memory: each slice repeats
// the resource and the scope its spans stand in. Wire format: https://protobuf.dev/programming-guides/encoding/

import { addLeaf, addLine, leafCap, nLeaves, skelPos } from './memory'
import {
  base64,
  beginOutput,
  closing,
  double,
  goBack,
  hex,
  isFull,
  isOdd,
  key,
  literal,
  mark,
  separate,
  signed,
  text,
  unsigned,
} from './json-out'
import {
  ANY,
  GROUP,
  howOf,
  ID,
  KEY_VALUE,
  LOG,
  MESSAGE,
  METRIC,
  nameOf,
  NUMBER,
  REPEATED,
  SCOPE_GROUP,
  SPAN,
  TEXT,
  TIME,
} from './otlp-schema'

export { placeSide } from './json-out'

/** An id of more bytes is none. */
const LONGEST_ID: u32 = 60
/** Values in values past this level are kept as the bytes they were: JSON's limit of 200 levels, four to a value. */
const DEEPEST: u32 = 45

// What a slice came to.
const DONE: i32 = 0
const MORE: i32 = 1
/** The span at `otlpAt` cannot be read; there may be more. */
const BAD_ITEM: i32 = 2
/** The group cannot be read from `otlpAt` on; there may be more groups. */
const BAD_GROUP: i32 = 3
/** The request ends inside what starts at `otlpAt`. */
const CUT: i32 = 4
/** One span needs more room than there is. */
const FULL: i32 = 5
const OPEN: i32 = 6

/** Of the line that a slice is: it is not kept in one piece, only its leaves are. */
const ODD: u32 = 32

export let otlpAt: usize = 0
let otlpFrom: usize = 0
/** The slice's first span, and how many it holds. */
export let otlpFirst: usize = 0
export let otlpItems: u32 = 0
/** A value that was too deep and stands there as bytes: a slice ends after a span that has one. */
export let deepAt: usize = 0
/** Of a request; past a hundred only the first value of a slice is told. */
let deepSlices: u32 = 0
export let deepLength: u32 = 0

/** A name stands twice in one object. */
let isTwice = false

// The field read last.
let tag: u32 = 0
let value: u64 = 0
let from: usize = 0
let to: usize = 0

/** Reads the field at p. Returns what follows it; 0 when it is broken or reaches past `end` (then `to` says how far). */
function field(p: usize, end: usize): usize {
  to = 0
  p = varint(p, end)
  if (p == 0 || value > 0xffff_ffff || value < 8) return 0
  tag = <u32>value
  const wire = tag & 7
  if (wire == 0) return varint(p, end)
  from = p
  if (wire == 2) {
    p = varint(p, end)
    if (p == 0 || value > 0x7fff_ffff) return 0
    from = p
    to = p + <usize>value
  } else if (wire == 1) {
    to = p + 8
    if (to <= end) value = load<u64>(p)
  } else if (wire == 5) {
    to = p + 4
    if (to <= end) value = load<u32>(p)
  } else return 0
  return to <= end ? to : 0
}

function varint(p: usize, end: usize): usize {
  let result: u64 = 0
  let shift: u64 = 0
  while (p < end) {
    const byte = <u64>load<u8>(p++)
    result |= (byte & 127) << shift
    if (byte < 128) {
      value = result
      return p
    }
    shift += 7
    if (shift > 63) return 0
  }
  return 0
}

/** An object. False when it is broken. */
function message(sort: u32, p: usize, end: usize): bool {
  literal('{')
  if (!fields(sort, p, end)) return false
  literal('}')
  return true
}

function fields(sort: u32, p: usize, end: usize): bool {
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

// Which signal. Requests for traces, logs and metrics look alike down to the innermost message.

/** SPAN, LOG, METRIC, or 0 when this message could be any. */
function sortOfItem(p: usize, end: usize): u32 {
  let likely: u32 = 0
  let first = false
  while (p < end) {
    const next = field(p, end)
    if (next == 0) return likely
    const number = tag >> 3
    const wire = tag & 7
    const length = to - from
    if (wire == 0 && number == 2) return LOG
    if (wire == 1) return number == 7 || number == 8 ? SPAN : number == 1 || number == 11 ? LOG : likely
    if (wire == 5) return number == 16 ? SPAN : number == 8 ? LOG : likely
    if (wire == 2) {
      if (number == 1) {
        if (length != 16) return METRIC
        first = true
      } else if (number == 2) {
        if (length != 8) return METRIC
        likely = SPAN
      } else if (number == 6) return LOG
      else if (number == 7) return METRIC
      else if (number == 9 && !first && length == 16) return LOG
    }
    p = next
  }
  return likely
}

/** A scope group is field 2 of its group; before OTLP 0.15 some wrote it as field 1000. */
// @ts-ignore: decorator
@inline
function isScope(): bool {
  return tag == 18 || tag == 8002
}

function findSort(p: usize, end: usize): u32 {
  while (p < end) {
    const next = field(p, end)
    if (tag == 10 && to != 0) {
      const found = sortOfGroup(from, min(to, end))
      if (found) return found
    }
    if (next == 0) return 0
    p = next
  }
  return 0
}

function sortOfGroup(p: usize, end: usize): u32 {
  while (p < end) {
    const next = field(p, end)
    if (isScope() && to != 0) {
      const found = sortOfScope(from, min(to, end))
      if (found) return found
    }
    if (next == 0) return 0
    p = next
  }
  return 0
}

function sortOfScope(p: usize, end: usize): u32 {
  while (p < end) {
    const next = field(p, end)
    if (tag == 18 && to != 0) {
      const found = sortOfItem(from, min(to, end))
      if (found) return found
    }
    if (next == 0) return 0
    p = next
  }
  return 0
}

// Slices

let requestPos: usize = 0
let requestEnd: usize = 0
let isCut = false
let sort: u32 = 0
let groupOpen = false
let groupFrom: usize = 0
let groupEnd: usize = 0
let scopePos: usize = 0
let scopeOpen = false
let scopeFrom: usize = 0
let scopeEnd: usize = 0
let itemPos: usize = 0
/** Of the slice at work: where its first items are written, and how much of them is enough. */
let itemsFrom: usize = 0
let least: usize = 0

/** Begins a request. Returns what it carries: 5 spans, 9 log records, 10 metrics, 0 nothing that could tell. */
export function otlpStart(start: usize, end: usize, cut: bool): u32 {
  requestPos = start
  requestEnd = end
  isCut = cut
  groupOpen = scopeOpen = false
  deepSlices = 0
  sort = findSort(start, end)
  return sort
}

/** Whether the field that was read is only there in part, because the file was cut. */
// @ts-ignore: decorator
@inline
function isPartial(next: usize, end: usize): bool {
  return next == 0 && isCut && end == requestEnd && to > end
}

/** The request is over for a reason. */
function stopAt(at: usize): i32 {
  otlpAt = at
  const cut = isCut && (!groupOpen || groupEnd == requestEnd) && (!scopeOpen || scopeEnd == groupEnd)
  scopeOpen = false
  if (!cut) return BAD_GROUP
  groupOpen = false
  requestPos = requestEnd
  return CUT
}

/** OPEN, DONE where there is no more, or what went wrong. */
function openGroup(): i32 {
  while (requestPos < requestEnd) {
    const at = requestPos
    const next = field(at, requestEnd)
    if (next == 0 && !(tag == 10 && isPartial(next, requestEnd))) {
      requestPos = requestEnd
      return stopAt(at)
    }
    requestPos = next == 0 ? requestEnd : next
    if (tag != 10) continue
    groupFrom = scopePos = from
    groupEnd = requestPos
    groupOpen = true
    groupHeads = findHeads(GROUP, groupFrom, groupEnd)
    return OPEN
  }
  return DONE
}

function openScope(): i32 {
  while (scopePos < groupEnd) {
    const at = scopePos
    const next = field(at, groupEnd)
    if (next == 0 && !(isScope() && isPartial(next, groupEnd))) {
      scopePos = groupEnd
      return stopAt(at)
    }
    scopePos = next == 0 ? groupEnd : next
    if (!isScope()) continue
    scopeFrom = itemPos = from
    scopeEnd = scopePos
    scopeOpen = true
    scopeHeads = findHeads(SCOPE_GROUP, scopeFrom, scopeEnd)
    return OPEN
  }
  return DONE
}

/** Where the fields of the open group and scope stand that are not their items: one walk over those is enough. */
const heads = memory.data(2 * 64 * 4, 4)
const mostHeads: u32 = 64
let groupHeads: u32 = 0
let scopeHeads: u32 = 0

function findHeads(what: u32, p: usize, end: usize): u32 {
  const into = what == GROUP ? heads : heads + 256
  let n: u32 = 0
  while (p < end) {
    const next = field(p, end)
    if (next == 0) break
    if (howOf(what, tag) != 0 && n < mostHeads) {
      store<u32>(into + ((<usize>n) << 2), <u32>p)
      n++
    }
    p = next
  }
  return n
}

/** What stands around items: a resource or scope, as far as it can be read. */
function head(what: u32, count: u32, end: usize): void {
  const from = what == GROUP ? heads : heads + 256
  for (let i: u32 = 0; i < count; i++) {
    const at = <usize>load<u32>(from + ((<usize>i) << 2))
    mark()
    if (!fields(what, at, field(at, end))) goBack()
  }
}

/**
 * Writes the next slice: at least `budget` bytes of items where there are so many, and more where the resource is large,
 * because every slice repeats it.
 */
export function otlpNext(budget: u32): i32 {
  const request = requestPos
  const inGroup = groupOpen
  const group = groupFrom
  const groupStop = groupEnd
  const scopes = scopePos
  const inScope = scopeOpen
  const scope = scopeFrom
  const scopeStop = scopeEnd
  const item = itemPos
  otlpFrom = skelPos
  otlpItems = 0
  deepAt = itemsFrom = 0
  least = budget
  beginOutput()
  literal(sort == LOG ? '{"resourceLogs":[' : sort == METRIC ? '{"resourceMetrics":[' : '{"resourceSpans":[')
  const status = writeGroups()
  closing(']}')
  if (!isFull) {
    addLine(otlpFrom, 0, 0, ODD, 0)
    return status
  }
  requestPos = request
  groupOpen = inGroup
  groupFrom = group
  groupEnd = groupStop
  scopePos = scopes
  scopeOpen = inScope
  scopeFrom = scope
  scopeEnd = scopeStop
  itemPos = item
  if (inGroup) groupHeads = findHeads(GROUP, group, groupStop)
  if (inScope) scopeHeads = findHeads(SCOPE_GROUP, scope, scopeStop)
  return FULL
}

function writeGroups(): i32 {
  while (true) {
    if (!groupOpen) {
      const found = openGroup()
      if (found != OPEN) return found
    }
    separate()
    literal('{')
    head(GROUP, groupHeads, groupEnd)
    key(sort == LOG ? '"scopeLogs":[' : sort == METRIC ? '"scopeMetrics":[' : '"scopeSpans":[')
    const status = writeScopes()
    closing(']}')
    if (status != DONE) return status
    groupOpen = false
    if (isFull) return FULL
    if (itemsFrom && skelPos - itemsFrom > least) return requestPos < requestEnd ? MORE : DONE
  }
}

function writeScopes(): i32 {
  while (true) {
    if (!scopeOpen) {
      const found = openScope()
      if (found != OPEN) return found
    }
    separate()
    literal('{')
    head(SCOPE_GROUP, scopeHeads, scopeEnd)
    key(sort == LOG ? '"logRecords":[' : sort == METRIC ? '"metrics":[' : '"spans":[')
    const status = writeItems()
    closing(']}')
    if (status != DONE) return status
    scopeOpen = false
    if (isFull) return FULL
  }
}

function writeItems(): i32 {
  if (itemsFrom == 0) {
    itemsFrom = skelPos
    least = max(least, (itemsFrom - otlpFrom) * 4)
  }
  while (itemPos < scopeEnd) {
    const at = itemPos
    const next = field(at, scopeEnd)
    if (next == 0) {
      itemPos = scopeEnd
      return stopAt(at)
    }
    if (tag != 18) {
      itemPos = next
      continue
    }
    const a = from
    const b = to
    mark()
    separate()
    isTwice = false
    const leaf = skelPos
    const whole = sort == METRIC ? message(METRIC, a, a) : message(sort == LOG ? LOG : SPAN, a, b)
    if (isFull) {
      if (otlpItems == 0) return FULL
      goBack()
      return MORE
    }
    itemPos = next
    if (!whole) {
      goBack()
      otlpAt = at
      return BAD_ITEM
    }
    if (otlpItems++ == 0) otlpFirst = at
    if (nLeaves < leafCap) addLeaf(leaf, skelPos, isTwice || isOdd)
    if ((deepAt && ++deepSlices < 100) || skelPos - itemsFrom > least) return MORE
  }
  return DONE
}

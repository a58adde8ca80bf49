// Reads OTLP protobuf and writes what the same data is as OTLP/JSON, long texts cut out as scan.ts cuts them: the format
// that reads the JSON reads this. Slice by slice, so that a request of any size costs little memory: each slice repeats
// the resource and the scope its spans stand in.

import { addLeaf, addLine, leafCap, nLeaves, skelPos } from './memory'
import { beginOutput, closing, goBack, isFull, isOdd, key, literal, mark, separate } from './json-out'
import { deepAt, forgetDeep, forgetTwice, isTwice, message } from './otlp-message'
import {
  backToPlace,
  badItem,
  closeGroup,
  closeScope,
  DONE,
  FULL,
  goTo,
  groupOpen,
  hasMoreGroups,
  itemPos,
  keepPlace,
  MORE,
  OPEN,
  openGroup,
  openScope,
  scopeEnd,
  scopeOpen,
  startAt,
  stopAt,
  writeGroupHead,
  writeScopeHead,
} from './otlp-place'
import { LOG, METRIC, SPAN } from './otlp-schema'
import { findSort } from './otlp-signal'
import { field, from, tag, to } from './protobuf'

export { placeSide } from './json-out'
export { deepAt, deepLength } from './otlp-message'
export { otlpAt } from './otlp-place'

/** Of the line that a slice is: it is not kept in one piece, only its leaves are. */
const ODD: u32 = 32
/** Its leaves are spans as OTLP/JSON has them. */
const SPANS: u32 = 128

let sort: u32 = 0
/** The slice's first span, and how many it holds. */
export let otlpFirst: usize = 0
export let otlpItems: u32 = 0
/** A name stands twice in one of them. */
let hasTwice = false
/** Slices of a request that ended because a value was too deep; past a hundred only the first value of a slice is told. */
let deepSlices: u32 = 0
/** Of the slice at work: where it and its first items are written, and how much of them is enough. */
let sliceFrom: usize = 0
let itemsFrom: usize = 0
let least: usize = 0

/** Begins a request. Returns what it carries: 5 spans, 9 log records, 10 metrics, 0 nothing that could tell. */
export function otlpStart(start: usize, end: usize, cut: bool): u32 {
  startAt(start, end, cut)
  deepSlices = 0
  sort = findSort(start, end)
  return sort
}

/**
 * Writes the next slice: at least `budget` bytes of items where there are so many, and more where the resource is large,
 * because every slice repeats it. Answers as otlp-place.ts says.
 */
export function otlpNext(budget: u32): i32 {
  keepPlace()
  sliceFrom = skelPos
  otlpItems = 0
  hasTwice = false
  itemsFrom = 0
  forgetDeep()
  least = budget
  beginOutput()
  literal(sort == LOG ? '{"resourceLogs":[' : sort == METRIC ? '{"resourceMetrics":[' : '{"resourceSpans":[')
  const status = writeGroups()
  closing(']}')
  if (isFull) {
    backToPlace()
    return FULL
  }
  const areSpans = sort != LOG && sort != METRIC && otlpItems > 0 && !hasTwice
  addLine(sliceFrom, 0, 0, areSpans ? ODD | SPANS : ODD, 0)
  return status
}

function writeGroups(): i32 {
  while (true) {
    if (!groupOpen) {
      const found = openGroup()
      if (found != OPEN) return found
    }
    separate()
    literal('{')
    writeGroupHead()
    key(sort == LOG ? '"scopeLogs":[' : sort == METRIC ? '"scopeMetrics":[' : '"scopeSpans":[')
    const status = writeScopes()
    closing(']}')
    if (status != DONE) return status
    closeGroup()
    if (isFull) return FULL
    if (itemsFrom && skelPos - itemsFrom > least) return hasMoreGroups() ? MORE : DONE
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
    writeScopeHead()
    key(sort == LOG ? '"logRecords":[' : sort == METRIC ? '"metrics":[' : '"spans":[')
    const status = writeItems()
    closing(']}')
    if (status != DONE) return status
    closeScope()
    if (isFull) return FULL
  }
}

function writeItems(): i32 {
  if (itemsFrom == 0) {
    itemsFrom = skelPos
    least = max(least, (itemsFrom - sliceFrom) * 4)
  }
  while (itemPos < scopeEnd) {
    const at = itemPos
    const next = field(at, scopeEnd)
    if (next == 0) {
      goTo(scopeEnd)
      return stopAt(at)
    }
    if (tag != 18) {
      goTo(next)
      continue
    }
    const a = from
    const b = to
    mark()
    separate()
    forgetTwice()
    const leaf = skelPos
    const whole = sort == METRIC ? message(METRIC, a, a) : message(sort == LOG ? LOG : SPAN, a, b)
    if (isFull) {
      if (otlpItems == 0) return FULL
      goBack()
      return MORE
    }
    goTo(next)
    if (!whole) {
      goBack()
      return badItem(at)
    }
    if (otlpItems++ == 0) otlpFirst = at
    if (nLeaves < leafCap) addLeaf(leaf, skelPos, isTwice || isOdd)
    if (isTwice || nLeaves == leafCap) hasTwice = true
    if ((deepAt && ++deepSlices < 100) || skelPos - itemsFrom > least) return MORE
  }
  return DONE
}

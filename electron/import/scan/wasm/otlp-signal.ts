// Which signal a request carries. Requests for traces, logs and metrics look alike down to the innermost message.

import { LOG, METRIC, SPAN } from './otlp-schema'
import { field, from, tag, to } from './protobuf'

/** A scope group is field 2 of its group; before OTLP 0.15 some wrote it as field 1000. */
// @ts-ignore: decorator
@inline
export function isScope(): bool {
  return tag == 18 || tag == 8002
}

/** SPAN, LOG, METRIC, or 0 when nothing in the request could tell. */
export function findSort(p: usize, end: usize): u32 {
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

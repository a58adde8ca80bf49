// The place in a request of which slices are made: the open group, the open scope, the next item.

import { goBack, mark } from './json-out'
import { fields } from './otlp-message'
import { GROUP, howOf, SCOPE_GROUP } from './otlp-schema'
import { isScope } from './otlp-signal'
import { field, from, tag, to } from './protobuf'

// What came of going on.
export const DONE: i32 = 0
export const MORE: i32 = 1
/** The span at `otlpAt` cannot be read; there may be more. */
export const BAD_ITEM: i32 = 2
/** The group cannot be read from `otlpAt` on; there may be more groups. */
export const BAD_GROUP: i32 = 3
/** The request ends inside what starts at `otlpAt`. */
export const CUT: i32 = 4
/** One span needs more room than there is. */
export const FULL: i32 = 5
export const OPEN: i32 = 6

/** Where it went wrong. */
export let otlpAt: usize = 0

let requestPos: usize = 0
let requestEnd: usize = 0
let isCut = false
export let groupOpen = false
let groupFrom: usize = 0
let groupEnd: usize = 0
export let scopeOpen = false
let scopePos: usize = 0
let scopeFrom: usize = 0
export let scopeEnd: usize = 0
export let itemPos: usize = 0

export function startAt(start: usize, end: usize, cut: bool): void {
  requestPos = start
  requestEnd = end
  isCut = cut
  groupOpen = scopeOpen = false
}

export function hasMoreGroups(): bool {
  return requestPos < requestEnd
}

export function closeGroup(): void {
  groupOpen = false
}

export function closeScope(): void {
  scopeOpen = false
}

export function goTo(item: usize): void {
  itemPos = item
}

/** Whether the field that was read is only there in part, because the file was cut. */
// @ts-ignore: decorator
@inline
function isPartial(next: usize, end: usize): bool {
  return next == 0 && isCut && end == requestEnd && to > end
}

/** The item at `at` is broken, and was passed. */
export function badItem(at: usize): i32 {
  otlpAt = at
  return BAD_ITEM
}

/** The request is over for a reason. */
export function stopAt(at: usize): i32 {
  otlpAt = at
  const cut = isCut && (!groupOpen || groupEnd == requestEnd) && (!scopeOpen || scopeEnd == groupEnd)
  scopeOpen = false
  if (!cut) return BAD_GROUP
  groupOpen = false
  requestPos = requestEnd
  return CUT
}

/** OPEN, DONE where there is no more, or what went wrong. */
export function openGroup(): i32 {
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

export function openScope(): i32 {
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

/** What stands around the items of the open group: its resource, as far as it can be read. */
export function writeGroupHead(): void {
  writeHead(GROUP, groupHeads, groupEnd)
}

export function writeScopeHead(): void {
  writeHead(SCOPE_GROUP, scopeHeads, scopeEnd)
}

function writeHead(what: u32, count: u32, end: usize): void {
  const from = what == GROUP ? heads : heads + 256
  for (let i: u32 = 0; i < count; i++) {
    const at = <usize>load<u32>(from + ((<usize>i) << 2))
    mark()
    if (!fields(what, at, field(at, end))) goBack()
  }
}

// Something to go back to.
let keptRequest: usize = 0
let keptGroupOpen = false
let keptGroupFrom: usize = 0
let keptGroupEnd: usize = 0
let keptScopeOpen = false
let keptScopePos: usize = 0
let keptScopeFrom: usize = 0
let keptScopeEnd: usize = 0
let keptItem: usize = 0

export function keepPlace(): void {
  keptRequest = requestPos
  keptGroupOpen = groupOpen
  keptGroupFrom = groupFrom
  keptGroupEnd = groupEnd
  keptScopeOpen = scopeOpen
  keptScopePos = scopePos
  keptScopeFrom = scopeFrom
  keptScopeEnd = scopeEnd
  keptItem = itemPos
}

export function backToPlace(): void {
  requestPos = keptRequest
  groupOpen = keptGroupOpen
  groupFrom = keptGroupFrom
  groupEnd = keptGroupEnd
  scopeOpen = keptScopeOpen
  scopePos = keptScopePos
  scopeFrom = keptScopeFrom
  scopeEnd = keptScopeEnd
  itemPos = keptItem
  if (groupOpen) groupHeads = findHeads(GROUP, groupFrom, groupEnd)
  if (scopeOpen) scopeHeads = findHeads(SCOPE_GROUP, scopeFrom, scopeEnd)
}

// The spans of an OTLP request, read without JSON.parse: that makes an object of every attribute and a string of every text,
// and nearly all of them are the same as in the span before. What they say is written as a row of words (the tape), in which
// a short text is a place in a table of texts met lately. The host (../span-tape.ts) reads it; the layouts stand there.
//
// Only spans as nearly everybody writes them: other spellings, and whatever is doubtful, are left to JSON.parse. So a
// request is read here whole or not at all.

import { beginJson, key0, key1, keyLength, member, moveTo, opens, p, skipValue, text, textAt } from './json-in'
import { leaves, lines } from './memory'
import { beginNames, forgetNames, NAMES_SIZE, placeNames } from './names'
import {
  ATTRIBUTES_0,
  ATTRIBUTES_1,
  END_0,
  END_1,
  EVENTS,
  isKept,
  isOtherSpelling,
  LINKS,
  NAME,
  PARENT_0,
  PARENT_1,
  SPAN_ID,
  START_0,
  START_1,
  STATUS,
  TRACE_ID,
} from './span-fields'
import { events, idAt, links, status, timeAt } from './span-parts'
import { beginSet, endSet, isSilent, numberOfSet, placeSets, SETS_SIZE } from './span-sets'
import { attributes } from './span-values'
import {
  beBlind,
  beginAttributes,
  beginSpan,
  beginTape,
  endSpan,
  forgetTape,
  hasRoom,
  isBlind,
  leaveZeros,
  NONE,
  out,
  placeTape,
  putTextAt,
  TAPE_SIZE,
  writeAt,
} from './tape'

/** Words before the attributes of a span. */
const HEAD: usize = 24 * 4

/** Where the attributes that were left out stand. */
let leftOut: usize = 0

/** Where the outline ends. */
export let outlineEnd: usize = 0

/** Bytes that the tables of texts and names need, all zero. */
export const TEXTS_SIZE: usize = TAPE_SIZE + NAMES_SIZE + SETS_SIZE

export function placeTexts(at: usize): void {
  placeTape(at)
  placeNames(at + TAPE_SIZE)
  placeSets(at + TAPE_SIZE + NAMES_SIZE)
}

/** Forgets all texts, and the names that came with the last line: the host has lost count of them. */
export function forgetTexts(): void {
  forgetTape()
  forgetNames()
}

/**
 * The attributes of the span at `head`, and the number of the set of their names where nothing is odd about them. Left out
 * where the set is silent.
 */
function ownAttributes(head: usize): bool {
  const start = p
  const back = out
  let at = gatherAttributes(true)
  const wasGuessed = isBlind
  beBlind(false)
  if (at == 0) return false
  const number = numberOfSet()
  if (isSilent(number)) {
    writeAt(back)
    leftOut = start
    at = 0
  } else if (wasGuessed) {
    moveTo(start)
    writeAt(back)
    at = gatherAttributes(false)
    if (at == 0) return false
  }
  store<u32>(head, <u32>at, 64)
  store<u32>(head, number, 92)
  return true
}

function gatherAttributes(guess: bool): usize {
  beginAttributes()
  beginSet(guess)
  const at = attributes()
  endSet()
  return at
}

/** Reads the attributes that were left out after all: the span has events, which may say more of it. */
function bringBack(head: usize): bool {
  const end = p
  moveTo(leftOut)
  const at = gatherAttributes(false)
  moveTo(end)
  store<u32>(head, <u32>at, 64)
  return at != 0
}

/** One span, at `out`. */
function span(start: usize, end: usize): bool {
  if (!hasRoom(256)) return false
  const head = leaveZeros(HEAD)
  leftOut = 0
  beginSpan()
  beginJson(start, end)
  if (!opens(0x7b)) return false
  let more = member(true)
  for (; more == 1; more = member(false)) {
    const length = keyLength
    if (length == 7 && key0 == TRACE_ID) {
      if (!idAt(head + 16, false, true)) return false
    } else if (length == 6 && key0 == SPAN_ID) {
      if (!idAt(head + 24, false, false)) return false
    } else if (length == 12 && key0 == PARENT_0 && key1 == PARENT_1) {
      if (!idAt(head + 32, true, true)) return false
    } else if (length == 4 && key0 == NAME) {
      if (!text()) return false
      putTextAt(head + 40, true, true)
    } else if (length == 17 && key0 == START_0 && key1 == START_1 && load<u8>(textAt, 16) == 0x6f) {
      if (!timeAt(head)) return false
    } else if (length == 15 && key0 == END_0 && key1 == END_1) {
      if (!timeAt(head + 8)) return false
    } else if (length == 10 && key0 == ATTRIBUTES_0 && key1 == ATTRIBUTES_1) {
      if (!ownAttributes(head)) return false
    } else if (length == 6 && key0 == EVENTS) {
      const at = events()
      if (at == 0) return false
      store<u32>(head, load<u32>(at) == 0 ? 0 : <u32>at, 68)
    } else if (length == 5 && key0 == LINKS) {
      const at = links()
      if (at == 0) return false
      store<u32>(head, <u32>at, 72)
    } else if (length == 6 && key0 == STATUS) {
      if (!status(head)) return false
    } else {
      if (isOtherSpelling()) return false
      if (!isKept()) store<u32>(head, 1, 88)
      if (!skipValue()) return false
    }
  }
  if (more < 0 || p != end || load<u32>(head, 16) == NONE || load<u32>(head, 24) == NONE) return false
  if (leftOut != 0 && load<u32>(head, 68) != 0 && !bringBack(head)) return false
  return endSpan(head)
}

/**
 * Writes the tape of a line's spans to [tape, tapeCap), which begins at a word of eight bytes, and to `outline` the line with
 * `{}` in place of each span. False when a span is not as expected.
 */
export function tapeLine(line: u32, tape: usize, tapeCap: usize, outline: usize): bool {
  const at = lines + ((<usize>line) << 5)
  const first = load<u32>(at, 24)
  const count = load<u32>(at, 28)
  beginTape(tape, tapeCap)
  beginNames()
  let from = <usize>load<u32>(at)
  for (let i: u32 = 0; i < count; i++) {
    const leaf = leaves + ((<usize>(first + i)) << 4)
    const start = <usize>load<u32>(leaf)
    const end = <usize>load<u32>(leaf, 4)
    if (!span(start, end)) {
      // The host was not told of the texts that are new in this line.
      forgetTexts()
      return false
    }
    memory.copy(outline, from, start - from)
    outline += start - from
    store<u16>(outline, 0x7d7b)
    outline += 2
    from = end
  }
  const end = <usize>load<u32>(at, 4)
  memory.copy(outline, from, end - from)
  outlineEnd = outline + (end - from)
  return true
}

// The tape: what spans say as a row of words, in which a short text is a place in a table of texts met lately.

import { hash } from './hash'
import { REFERENCE, textAt, textKind, textLength, UTF8 } from './json-in'
import { scratch } from './memory'
import { nNames, numberOfHash } from './names'

// Kinds of a text on the tape; json-in.ts has those from 2 on.
export const NONE: u32 = 0
const KNOWN: u32 = 1

// Sorts of a value.
export const STRING: u32 = 0
export const INT32: u32 = 1
export const INT64: u32 = 2
/** As the text of a string or number says, by the field it stood in. */
export const INTEGER_TEXT: u32 = 3
export const DOUBLE_TEXT: u32 = 4
export const NUMBER: u32 = 5
export const FALSE: u32 = 6
export const TRUE: u32 = 7
export const NULL: u32 = 8
export const LIST: u32 = 9
export const OBJECT: u32 = 10

/** Texts met lately: 4,096 places of 80 bytes (length, span that met it last, number if it is a name, up to 64 bytes). */
const PLACES: u32 = 4096
const PLACE: usize = 80
const TEXT: usize = 16
const LONGEST: u32 = 64
let known: usize = 0
/** Texts that a span puts into the table: place, address, length and kind of each. */
const MOST_FRESH: u32 = 512
let fresh: usize = 0
/** How many of them the span at hand has. */
export let nFresh: u32 = 0
let spanNumber: u32 = 0

/** Where the next word stands, and where none may. */
export let out: usize = 0
let outEnd: usize = 0

/** The attributes at hand have a name without a number, or a value that is nothing: null, or empty. */
export let isOdd = false
/** No text is looked up but names: the attributes at hand are likely to be left out. */
export let isBlind = false

/** Bytes that the tables need, all zero. */
export const TAPE_SIZE: usize = <usize>PLACES * PLACE + <usize>MOST_FRESH * 12

export function placeTape(at: usize): void {
  known = at
  fresh = known + <usize>PLACES * PLACE
}

export function beginTape(at: usize, end: usize): void {
  out = at
  outEnd = end
}

/** A span begins: none of the places that it fills goes to another text. */
export function beginSpan(): void {
  nFresh = 0
  isBlind = false
  spanNumber++
}

/** Goes on writing at this place. */
export function writeAt(at: usize): void {
  out = at
}

/** Room for so many bytes, written later. */
export function leave(bytes: usize): usize {
  const at = out
  out += bytes
  return at
}

/** The same, and zero. */
export function leaveZeros(bytes: usize): usize {
  memory.fill(out, 0, bytes)
  return leave(bytes)
}

export function hasRoom(bytes: usize): bool {
  return out + bytes < outEnd
}

export function beginAttributes(): void {
  isOdd = isBlind = false
}

export function beBlind(blind: bool): void {
  isBlind = blind
}

export function markOdd(): void {
  isOdd = true
}

/** Forgets all texts: the host has lost count of them. */
export function forgetTape(): void {
  memory.fill(known, 0, <usize>PLACES * PLACE)
}

/** Ends a span with its new texts; false where there is no room for them. Their place and number stand in its head. */
export function endSpan(head: usize): bool {
  const bytes = <usize>nFresh * 12
  if (!hasRoom(bytes + 63)) return false
  store<u32>(head, <u32>out, 76)
  store<u32>(head, nFresh, 80)
  memory.copy(out, fresh, bytes)
  // Times are words of eight bytes.
  out = (out + bytes + 7) & ~7
  store<u32>(head, <u32>out, 84)
  return true
}

function mixed(at: usize, length: u32): u32 {
  let h: u64 = <u64>length * 0x9e3779b185ebca87
  if (length < 8) h ^= load<u64>(at) & (((<u64>1) << (<u64>length << 3)) - 1)
  else {
    for (let i: usize = 0; i + 8 < length; i += 8) h = rotl<u64>((h ^ load<u64>(at + i)) * 0x9e3779b185ebca87, 31)
    h ^= load<u64>(at + length - 8)
  }
  h *= 0xc2b2ae3d27d4eb4f
  return <u32>(h >> 40) & (PLACES - 1)
}

function isSame(a: usize, b: usize, length: u32): bool {
  if (length < 8) return ((load<u64>(a) ^ load<u64>(b)) & (((<u64>1) << (<u64>length << 3)) - 1)) == 0
  for (let i: usize = 0; i + 8 < length; i += 8) if (load<u64>(a + i) != load<u64>(b + i)) return false
  return load<u64>(a + length - 8) == load<u64>(b + length - 8)
}

// @ts-ignore: decorator
@inline
export function put(sort: u32, kind: u32, length: u32, word: u32): void {
  store<u32>(out, sort | (kind << 4) | (length << 7))
  store<u32>(out, word, 4)
  out += 8
}

/** Tells the host that the text read last is at this place. */
function noteFresh(place: u32): void {
  const note = fresh + <usize>nFresh * 12
  store<u32>(note, place)
  store<u32>(note, <u32>textAt, 4)
  store<u32>(note, textLength | (textKind << 8), 8)
  nFresh++
}

/** The number of the text read last as a name; 0 for none. */
function numberOfName(): u32 {
  hash(textAt, textLength, scratch)
  const before = nNames
  const number = numberOfHash(nFresh < MOST_FRESH)
  if (nNames > before) noteFresh(PLACES + number)
  return number
}

/**
 * Writes the text read last; its number, if it is a name that has one. A place that this span has used is not given to
 * another text: the host fills all of a span's places before it reads the span.
 */
export function putText(sort: u32, remember: bool, isName: bool = false): u32 {
  const length = textLength
  if (length == 0) isOdd = true
  if (isBlind && !isName) return 0
  if (!remember || textKind > UTF8 || length > LONGEST || length == 0) {
    put(sort, textKind, textKind == REFERENCE ? 0 : length, <u32>textAt)
    return 0
  }
  const place = mixed(textAt, length)
  const at = known + <usize>place * PLACE
  let number: u32 = 0
  if (load<u32>(at) == length && isSame(at + TEXT, textAt, length)) {
    number = load<u32>(at, 8)
    if (number != 0 || !isName) {
      store<u32>(at, spanNumber, 4)
      put(sort, KNOWN, 0, number == 0 ? place : PLACES + number)
      return number
    }
  }
  if (isName) number = numberOfName()
  if (number == 0 && nFresh == MOST_FRESH) {
    put(sort, textKind, length, <u32>textAt)
    return 0
  }
  if (load<u32>(at, 4) == spanNumber) {
    if (number == 0) put(sort, textKind, length, <u32>textAt)
    else put(sort, KNOWN, 0, PLACES + number)
    return number
  }
  store<u32>(at, length)
  store<u32>(at, spanNumber, 4)
  store<u32>(at, number, 8)
  memory.copy(at + TEXT, textAt, length)
  if (number == 0) noteFresh(place)
  put(sort, KNOWN, 0, number == 0 ? place : PLACES + number)
  return number
}

/** Writes the text read last at another place, without a sort. */
export function putTextAt(at: usize, remember: bool, isName: bool = false): void {
  const back = out
  out = at
  putText(0, remember, isName)
  out = back
}

// The spans of an OTLP request, read without JSON.parse: that makes an object of every attribute and a string of every text,
// and nearly all of them are the same as in the span before. What they say is written as a row of words (the tape), in which
// a short text is a place in a table of texts met lately. The host (../span-tape.ts) reads it; the layouts stand there.
//
// Only spans as nearly everybody writes them: other spellings, and whatever is doubtful, are left to JSON.parse. So a
// request is read here whole or not at all.

import {
  ASCII,
  beginJson,
  item,
  key0,
  key1,
  keyLength,
  literal,
  member,
  moveTo,
  number,
  opens,
  p,
  REFERENCE,
  skipValue,
  text,
  textAt,
  textKind,
  textLength,
  UTF8,
} from './json-in'
import { h1, h2, hash, hashOther } from './hash'
import { leaves, lines, scratch } from './memory'

// Kinds of a text on the tape; json-in.ts has those from 2 on.
const NONE: u32 = 0
const KNOWN: u32 = 1

// Sorts of a value.
const STRING: u32 = 0
const INT32: u32 = 1
const INT64: u32 = 2
/** As the text of a string or number says, by the field it stood in. */
const INTEGER_TEXT: u32 = 3
const DOUBLE_TEXT: u32 = 4
const NUMBER: u32 = 5
const FALSE: u32 = 6
const TRUE: u32 = 7
const NULL: u32 = 8
const LIST: u32 = 9
const OBJECT: u32 = 10

/** Words before the attributes of a span. */
const HEAD: usize = 24 * 4

/** Texts met lately: 4,096 places of 80 bytes (length, span that met it last, number if it is a name, up to 64 bytes). */
const PLACES: u32 = 4096
const PLACE: usize = 80
const TEXT: usize = 16
const LONGEST: u32 = 64
let known: usize = 0
/** Texts that a span puts into the table: place, address, length and kind of each. */
const MOST_FRESH: u32 = 512
let fresh: usize = 0
let nFresh: u32 = 0
let spanNumber: u32 = 0

/**
 * Names of spans and of their attributes keep their number as long as the scan lives; a text of number n is known as place
 * PLACES + n. 16 bytes a slot: 96 bits of a keyed hash, the number. Sets of names are numbered with them.
 */
const NAME_SLOTS: u32 = 1 << 17
const MOST_NAMES: u32 = 98_304
let names: usize = 0
let nNames: u32 = 0
/** Slots filled by the line at hand: the host may never hear of these. */
let added: usize = 0
let nAdded: u32 = 0

/** Numbers of the names of a span's attributes, while these are read. */
const MOST_IN_SET: u32 = 128
let set: usize = 0
let nInSet: u32 = 0
let isGathering = false
/** One of them has no number, or a value is nothing: null, or empty. */
let isOdd = false
/**
 * Which sets the host leaves out, by number; and by the name that comes first, whether the set it began last was one. Of
 * such attributes no text is looked up: they are read as ever, and once more where the guess was wrong.
 */
let silent: usize = 0
let guesses: usize = 0
let mayGuess = false
let isGuessed = false
/** Where the attributes that were left out stand. */
let leftOut: usize = 0

let out: usize = 0
let outEnd: usize = 0
/** Where the outline ends. */
export let outlineEnd: usize = 0

/** Needs 3,021,314 bytes, all zero. */
export function placeTexts(at: usize): void {
  known = at
  fresh = known + <usize>PLACES * PLACE
  names = fresh + <usize>MOST_FRESH * 12
  added = names + (<usize>NAME_SLOTS << 4)
  set = added + (<usize>MOST_NAMES << 2)
  silent = set + (<usize>MOST_IN_SET << 2)
  guesses = silent + MOST_NAMES + 1
}

/** Attributes whose names are this set are not read. */
export function silence(set: u32): void {
  store<u8>(silent + set, 1)
}

/** Forgets all texts, and the names that came with the last line: the host has lost count of them. */
export function forgetTexts(): void {
  memory.fill(known, 0, <usize>PLACES * PLACE)
  // Backwards: of open addressing only what was put in last can be taken out.
  for (; nAdded > 0; nAdded--) memory.fill(<usize>load<u32>(added + (<usize>(nAdded - 1) << 2)), 0, 16)
}

function pack(name: string, from: i32): u64 {
  let word: u64 = 0
  for (let i = 0; i < 8 && from + i < name.length; i++) word |= <u64>name.charCodeAt(from + i) << (<u64>i << 3)
  return word
}

const TRACE_ID = pack('traceId', 0)
const SPAN_ID = pack('spanId', 0)
const PARENT_0 = pack('parentSpanId', 0)
const PARENT_1 = pack('parentSpanId', 8)
const NAME = pack('name', 0)
const START_0 = pack('startTimeUnixNano', 0)
const START_1 = pack('startTimeUnixNano', 8)
const END_0 = pack('endTimeUnixNano', 0)
const END_1 = pack('endTimeUnixNano', 8)
const TIME_0 = pack('timeUnixNano', 0)
const TIME_1 = pack('timeUnixNano', 8)
const ATTRIBUTES_0 = pack('attributes', 0)
const ATTRIBUTES_1 = pack('attributes', 8)
const EVENTS = pack('events', 0)
const LINKS = pack('links', 0)
const STATUS = pack('status', 0)
const CODE = pack('code', 0)
const MESSAGE = pack('message', 0)
const KEY = pack('key', 0)
const VALUE = pack('value', 0)
const VALUES = pack('values', 0)
const STRING_0 = pack('stringValue', 0)
const STRING_1 = pack('stringValue', 8)
const INT_VALUE = pack('intValue', 0)
const BOOL_0 = pack('boolValue', 0)
const DOUBLE_0 = pack('doubleValue', 0)
const DOUBLE_1 = pack('doubleValue', 8)
const ARRAY_0 = pack('arrayValue', 0)
const ARRAY_1 = pack('arrayValue', 8)
const BYTES_0 = pack('bytesValue', 0)
const KVLIST_0 = pack('kvlistValue', 0)
const KVLIST_1 = pack('kvlistValue', 8)
const KIND = pack('kind', 0)
const FLAGS = pack('flags', 0)
const STATE_0 = pack('traceState', 0)
const STATE_1 = pack('traceState', 8)
const DROPPED = pack('dropped', 0)
const COUNT = pack('Count', 0)
const LAST_E = pack('e', 0)
const LAST_UE = pack('ue', 0)

/** Another spelling of a field that is read would have to be understood, too. */
function isOtherSpelling(): bool {
  const first = <u8>key0
  return (first >= 0x41 && first <= 0x5a) || hasUnderscore(key0) || hasUnderscore(key1)
}

function hasUnderscore(word: u64): bool {
  const x = word ^ 0x5f5f5f5f5f5f5f5f
  return ((x - 0x0101010101010101) & ~x & 0x8080808080808080) != 0
}

/** Whether this field of a span is understood, and says nothing that is read (`fields` in ../../formats/otlp-json.ts). */
function isKept(): bool {
  if (keyLength == 4) return key0 == KIND
  if (keyLength == 5) return key0 == FLAGS
  if (keyLength == 10) return key0 == STATE_0 && key1 == STATE_1
  if (keyLength < 12 || (key0 & 0x00ffffffffffffff) != DROPPED) return false
  return load<u64>(textAt + keyLength - 8) >> 24 == COUNT
}

// Texts

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
function put(sort: u32, kind: u32, length: u32, word: u32): void {
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

/** The number of what was hashed last; 0 where it has none and `mayAdd` is false, or there is no room. */
function numberOfHash(mayAdd: bool): u32 {
  let i: u32 = <u32>h1 & (NAME_SLOTS - 1)
  while (true) {
    const slot = names + (<usize>i << 4)
    const number = load<u32>(slot, 12)
    if (number == 0) {
      if (!mayAdd || nNames == MOST_NAMES) return 0
      store<u64>(slot, h1)
      store<u32>(slot, <u32>h2, 8)
      nNames++
      store<u32>(slot, nNames, 12)
      store<u32>(added + (<usize>nAdded << 2), <u32>slot)
      nAdded++
      return nNames
    }
    if (load<u64>(slot) == h1 && load<u32>(slot, 8) == <u32>h2) return number
    i = (i + 1) & (NAME_SLOTS - 1)
  }
}

/** The number of the text read last as a name; 0 for none. */
function numberOfName(): u32 {
  hash(textAt, textLength, scratch)
  const before = nNames
  const number = numberOfHash(nFresh < MOST_FRESH)
  if (nNames > before) noteFresh(PLACES + number)
  return number
}

/** The number of a set of names, by theirs; 0 for none. */
function numberOfSet(): u32 {
  hashOther(set, nInSet << 2)
  return numberOfHash(true)
}

/**
 * Writes the text read last; its number, if it is a name that has one. A place that this span has used is not given to
 * another text: the host fills all of a span's places before it reads the span.
 */
function putText(sort: u32, remember: bool, isName: bool = false): u32 {
  const length = textLength
  if (length == 0) isOdd = true
  if (isGuessed && !isName) return 0
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
function putTextAt(at: usize, remember: bool, isName: bool = false): void {
  const back = out
  out = at
  putText(0, remember, isName)
  out = back
}

// Values

/** The integer of the text read last, if it has at most 15 digits: written as one. */
function putInteger(): bool {
  if (textKind != ASCII || textLength == 0 || textLength > 16) return false
  let q = textAt
  const end = textAt + textLength
  const isNegative = load<u8>(q) == 0x2d
  if (isNegative) q++
  // "-0" is a number of its own.
  if (q == end || end - q > 15 || (isNegative && load<u8>(q) == 0x30)) return false
  let n: i64 = 0
  for (; q < end; q++) {
    const c = load<u8>(q)
    if (c < 0x30 || c > 0x39) return false
    n = n * 10 + <i64>(c - 0x30)
  }
  if (isNegative) n = -n
  if (n >= -0x40000000 && n < 0x40000000) put(INT32, 0, 0, <u32>(<i32>n))
  else {
    store<u32>(out, INT64)
    store<f64>(out, <f64>n, 4)
    out += 12
  }
  return true
}

function hasRoom(): bool {
  return out + 256 < outEnd
}

/** An AnyValue: an object with one field. */
function anyValue(): bool {
  if (!opens(0x7b) || !hasRoom()) return false
  const found = member(true)
  if (found == 0) {
    isOdd = true
    put(NULL, 0, 0, 0)
    return true
  }
  if (found < 0 || !valueOfField()) return false
  return member(false) == 0
}

function valueOfField(): bool {
  const c = load<u8>(p)
  const k0 = key0
  const k1 = key1
  const length = keyLength
  if (length == 11 && k0 == STRING_0 && k1 == STRING_1) {
    if (c != 0x22 || !text()) return false
    putText(STRING, true)
    return true
  }
  if (length == 8 && k0 == INT_VALUE) {
    if (c == 0x22 ? !text() : !number()) return false
    if (textKind > ASCII) return false
    if (!putInteger()) putText(c == 0x22 ? INTEGER_TEXT : NUMBER, true)
    return true
  }
  if (length == 11 && k0 == DOUBLE_0 && k1 == DOUBLE_1) {
    if (c == 0x22 ? !text() : !number()) return false
    if (textKind > ASCII) return false
    putText(c == 0x22 ? DOUBLE_TEXT : NUMBER, true)
    return true
  }
  if (length == 9 && k0 == BOOL_0 && k1 == LAST_E) {
    const which = literal()
    if (which != 0 && which != 1) return false
    put(which ? TRUE : FALSE, 0, 0, 0)
    return true
  }
  if (length == 10 && k0 == ARRAY_0 && k1 == ARRAY_1) return listOrObject(false)
  if (length == 11 && k0 == KVLIST_0 && k1 == KVLIST_1) return listOrObject(true)
  if (length == 10 && k0 == BYTES_0 && k1 == LAST_UE) {
    if (c != 0x22 || !text()) return false
    putText(STRING, false)
    return true
  }
  return false
}

/** `{"values":[…]}`; without any it is empty. */
function listOrObject(isObject: bool): bool {
  if (!opens(0x7b)) return false
  const head = out
  put(isObject ? OBJECT : LIST, 0, 0, 0)
  const found = member(true)
  if (found == 0) isOdd = true
  if (found <= 0) return found == 0
  if (keyLength != 6 || key0 != VALUES) return false
  const count = isObject ? pairs() : values()
  if (count == 0) isOdd = true
  if (count < 0) return false
  store<u32>(head, <u32>count, 4)
  return member(false) == 0
}

/** How many; -1 where one is not as expected. */
function values(): i32 {
  if (!opens(0x5b)) return -1
  let count = 0
  let more = item(true)
  for (; more == 1; more = item(false)) {
    if (!anyValue()) return -1
    count++
  }
  return more == 0 ? count : -1
}

function pairs(): i32 {
  if (!opens(0x5b)) return -1
  let count = 0
  let more = item(true)
  for (; more == 1; more = item(false)) {
    if (!pair()) return -1
    count++
  }
  return more == 0 ? count : -1
}

/** `{"key":…,"value":…}`, in any order; on the tape the key is first. */
function pair(): bool {
  if (!opens(0x7b) || !hasRoom()) return false
  const isOwn = isGathering
  isGathering = false
  let hasKey = false
  let valueAt: usize = 0
  let hasValue = false
  let more = member(true)
  for (; more == 1; more = member(false)) {
    if (keyLength == 3 && key0 == KEY) {
      if (hasKey || !text()) return false
      if (isOwn) gather(putText(STRING, true, true))
      else putText(STRING, true)
      hasKey = true
    } else if (keyLength == 5 && key0 == VALUE) {
      if (hasValue || valueAt != 0) return false
      if (hasKey) {
        if (!anyValue()) return false
        hasValue = true
      } else {
        valueAt = p
        if (!skipValue()) return false
      }
    } else return false
  }
  if (more < 0 || !hasKey) return false
  if (valueAt != 0) {
    const back = p
    moveTo(valueAt)
    if (!anyValue()) return false
    moveTo(back)
    hasValue = true
  }
  isGathering = isOwn
  return hasValue
}

/** One more name of the span's own attributes. */
function gather(number: u32): void {
  if (nInSet == 0 && mayGuess) isGuessed = load<u8>(guesses + number) != 0
  if (number == 0 || nInSet == MOST_IN_SET) isOdd = true
  else {
    store<u32>(set + (<usize>nInSet << 2), number)
    nInSet++
  }
}

/**
 * The attributes of the span at `head`, and the number of the set of their names where nothing is odd about them. Left out
 * where the set is silent.
 */
function ownAttributes(head: usize): bool {
  const start = p
  const back = out
  let at = gatherAttributes(true)
  const wasGuessed = isGuessed
  isGuessed = false
  if (at == 0) return false
  const number = isOdd || nInSet == 0 ? 0 : numberOfSet()
  const isSilent = load<u8>(silent + number) != 0
  if (nInSet > 0) store<u8>(guesses + load<u32>(set), u8(isSilent))
  if (isSilent) {
    out = back
    leftOut = start
    at = 0
  } else if (wasGuessed) {
    moveTo(start)
    out = back
    at = gatherAttributes(false)
    if (at == 0) return false
  }
  store<u32>(head, <u32>at, 64)
  store<u32>(head, number, 92)
  return true
}

function gatherAttributes(guess: bool): usize {
  nInSet = 0
  isOdd = isGuessed = false
  mayGuess = guess
  isGathering = true
  const at = attributes()
  isGathering = mayGuess = false
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

/** Attributes: how many, then each. Where they begin on the tape; 0 where they are not as expected. */
function attributes(): usize {
  const head = out
  out += 4
  const count = pairs()
  if (count < 0) return 0
  store<u32>(head, <u32>count)
  return head
}

// Fields of a span

/** A time in nanoseconds at this place of the tape; 0 counts as none. */
function timeAt(at: usize): bool {
  if (load<u8>(p) == 0x22 ? !text() : !number()) return false
  if (textKind != ASCII || textLength == 0 || textLength > 19) return false
  let n: u64 = 0
  for (let q = textAt; q < textAt + textLength; q++) {
    const c = load<u8>(q)
    if (c < 0x30 || c > 0x39) return false
    n = n * 10 + <u64>(c - 0x30)
  }
  if (n > 0x7fffffffffffffff) return false
  store<u64>(at, n)
  return true
}

/** An id in its usual spelling. Empty or all zero is none, where that is allowed. */
function idAt(at: usize, mayLack: bool, remember: bool): bool {
  if (!text() || textKind != ASCII) return false
  if (textLength == 0) return mayLack
  if (textLength != 32 && textLength != 16) return false
  let bits: u32 = 0
  for (let q = textAt; q < textAt + textLength; q++) {
    const c = load<u8>(q)
    if (!((c >= 0x30 && c <= 0x39) || (c >= 0x61 && c <= 0x66))) return false
    bits |= c ^ 0x30
  }
  if (bits == 0) return mayLack
  putTextAt(at, remember)
  return true
}

function nameAt(at: usize): bool {
  if (!text()) return false
  putTextAt(at, true)
  return true
}

/** Code: a digit, or its name. */
function status(head: usize): bool {
  if (!opens(0x7b)) return false
  let more = member(true)
  for (; more == 1; more = member(false)) {
    if (keyLength == 4 && key0 == CODE) {
      const isText = load<u8>(p) == 0x22
      if (isText ? !text() : !number() || textLength != 1) return false
      putTextAt(head + 48, true)
    } else if (keyLength == 7 && key0 == MESSAGE) {
      if (load<u8>(p) != 0x22) return false
      if (!nameAt(head + 56)) return false
    } else if (isOtherSpelling() || !skipValue()) return false
  }
  return more == 0
}

/** Events: how many, then each: time (2 words), name (2), attributes (where, 0 for none), where the next is. */
function events(): usize {
  const list = out
  out += 4
  if (!opens(0x5b)) return 0
  let count: u32 = 0
  let more = item(true)
  for (; more == 1; more = item(false)) {
    if (!opens(0x7b) || !hasRoom()) return 0
    const head = out
    memory.fill(head, 0, 24)
    out += 24
    let next = member(true)
    for (; next == 1; next = member(false)) {
      if (keyLength == 12 && key0 == TIME_0 && key1 == TIME_1) {
        if (!timeAt(head)) return 0
      } else if (keyLength == 4 && key0 == NAME) {
        if (!nameAt(head + 8)) return 0
      } else if (keyLength == 10 && key0 == ATTRIBUTES_0 && key1 == ATTRIBUTES_1) {
        const at = attributes()
        if (at == 0) return 0
        store<u32>(head, <u32>at, 16)
      } else if (isOtherSpelling() || !skipValue()) return 0
    }
    if (next < 0) return 0
    store<u32>(head, <u32>out, 20)
    count++
  }
  store<u32>(list, count)
  return more == 0 ? list : 0
}

/** Links: how many, then each: trace id (2 words), span id (2), attributes (where, 0 for none), where the next is. */
function links(): usize {
  const list = out
  out += 4
  if (!opens(0x5b)) return 0
  let count: u32 = 0
  let more = item(true)
  for (; more == 1; more = item(false)) {
    if (!opens(0x7b) || !hasRoom()) return 0
    const head = out
    memory.fill(head, 0, 24)
    out += 24
    let next = member(true)
    for (; next == 1; next = member(false)) {
      if (keyLength == 7 && key0 == TRACE_ID) {
        if (!idAt(head, true, true)) return 0
      } else if (keyLength == 6 && key0 == SPAN_ID) {
        if (!idAt(head + 8, true, false)) return 0
      } else if (keyLength == 10 && key0 == ATTRIBUTES_0 && key1 == ATTRIBUTES_1) {
        const at = attributes()
        if (at == 0) return 0
        store<u32>(head, <u32>at, 16)
      } else if (isOtherSpelling() || !skipValue()) return 0
    }
    if (next < 0) return 0
    store<u32>(head, <u32>out, 20)
    count++
  }
  store<u32>(list, count)
  return more == 0 ? list : 0
}

/** One span, at `out`. */
function span(start: usize, end: usize): bool {
  if (!hasRoom()) return false
  const head = out
  memory.fill(head, 0, HEAD)
  out += HEAD
  nFresh = 0
  leftOut = 0
  isGuessed = false
  spanNumber++
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
  const bytes = <usize>nFresh * 12
  if (out + bytes + 64 > outEnd) return false
  store<u32>(head, <u32>out, 76)
  store<u32>(head, nFresh, 80)
  memory.copy(out, fresh, bytes)
  // Times are words of eight bytes.
  out = (out + bytes + 7) & ~7
  store<u32>(head, <u32>out, 84)
  return true
}

/**
 * Writes the tape of a line's spans to [tape, tapeCap), which begins at a word of eight bytes, and to `outline` the line with
 * `{}` in place of each span. False when a span is not as expected.
 */
export function tapeLine(line: u32, tape: usize, tapeCap: usize, outline: usize): bool {
  const at = lines + (<usize>line << 5)
  const first = load<u32>(at, 24)
  const count = load<u32>(at, 28)
  out = tape
  outEnd = tapeCap
  nAdded = 0
  let from = <usize>load<u32>(at)
  for (let i: u32 = 0; i < count; i++) {
    const leaf = leaves + (<usize>(first + i) << 4)
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

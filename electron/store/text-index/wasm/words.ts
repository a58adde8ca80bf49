// Gathers the words of texts and where they stand, in postings as FTS5 writes them (fts5_index.c, "TERM/DOCLIST FORMAT"): what
// FTS5's own table in memory does, at a quarter of its time. Words are found 16 bytes at a time and compared 8 at a time.
//
// Compiled by AssemblyScript (electron/wasm/build.mjs).

import { forgetRooms, growTo, leaveRoom, roomFor } from './rooms'

export { used } from './rooms'

/** What is known of a word: a line of the processor's cache. ../word-postings.ts reads it. */
const LINE: u32 = 64
// Places in a line.
const HASH: usize = 0
const LENGTH: usize = 4
/** Up to 24 bytes, zeros behind them; of a longer word where its letters are. */
const LETTERS: usize = 8
const SHORT: u32 = 24
/** How many texts have it, the last of them, the last place in that, and where the size of its places in that text is left out. */
const TEXTS: usize = 32
const TEXT: usize = 36
const PLACE: usize = 40
const SIZE_AT: usize = 44
/** Its postings. */
const AT: usize = 48
const USED: usize = 52
const ROOM: usize = 56

/** Bytes of a word's first room for postings; it doubles. */
const FIRST_ROOM: u32 = 16
/** Of one posting at most: a text, a size and a place. */
const POSTING: u32 = 11

/** 16 bytes, then 8 each: a hash and the address of a line. 0 is none. */
let slots: usize = 0
let slotCount: u32 = 0
/** Lines one after another. */
export let lines: usize = 0
let lineCap: u32 = 0
export let count: u32 = 0

/** Random: no dump can make words look alike. */
let seed: u64 = 0
let factor: u64 = 1

/** Where texts are put, a bit for each of their bytes that is a letter of a word, and where each text ends. */
let bytes: usize = 0
let letters: usize = 0
let ends: usize = 0
let byteCap: u32 = 0
let endCap: u32 = 0

export function start(key: u64, odd: u64): void {
  seed = key
  factor = odd | 1
}

/** Where so many bytes of texts go. Call it before `placeEnds`. */
export function placeBytes(length: u32): usize {
  if (length > byteCap) {
    byteCap = growTo(length)
    bytes = roomFor(byteCap + 64)
    letters = roomFor((byteCap >>> 3) + 64)
  }
  return bytes
}

/** Where the ends of so many texts go. */
export function placeEnds(texts: u32): usize {
  if (texts > endCap) {
    endCap = growTo(texts)
    ends = roomFor(endCap << 2)
  }
  return ends
}

/** Takes the texts that were placed, numbered from `first`. */
export function add(first: u32, texts: u32): void {
  if (texts == 0) return
  if (slotCount == 0) begin()
  classify(load<u32>(ends + ((texts - 1) << 2)))
  let from: u32 = 0
  for (let i: u32 = 0; i < texts; i++) {
    const to = load<u32>(ends + (i << 2))
    addText(first + i, from, to)
    from = to
  }
}

/** Writes the sizes that were left out. Postings are whole until more is added. */
export function close(): void {
  for (let i: u32 = 0; i < count; i++) closeText(lines + i * LINE)
}

/** Forgets all words, and where texts were placed. */
export function clear(): void {
  forgetRooms()
  slots = 0
  slotCount = lineCap = count = byteCap = endCap = 0
}

function begin(): void {
  slotCount = 1 << 12
  slots = roomFor(slotCount << 3)
  memory.fill(slots, 0, slotCount << 3)
  lineCap = 1 << 10
  lines = roomFor(lineCap * LINE)
}

/** Lowers ASCII, and marks what FTS5's tokenizer `ascii` takes for letters: ASCII letters and digits, and all that is not ASCII. */
function classify(length: u32): void {
  const SPACE = i8x16.splat(0x20)
  const A = i8x16.splat(0x61)
  const ALPHABET = i8x16.splat(26)
  const ZERO = i8x16.splat(0x30)
  const TEN = i8x16.splat(10)
  for (let at: u32 = 0; at < length; at += 16) {
    const v = v128.load(bytes + at)
    const low = v128.or(v, SPACE)
    const isLetter = i8x16.lt_u(i8x16.sub(low, A), ALPHABET)
    const isDigit = i8x16.lt_u(i8x16.sub(v, ZERO), TEN)
    v128.store(bytes + at, v128.or(v, v128.and(isLetter, SPACE)))
    // The highest bit of each byte is what is asked: of what is not ASCII it is set.
    store<u16>(letters + (at >>> 3), <u16>i8x16.bitmask(v128.or(v128.or(isLetter, isDigit), v)))
  }
}

function addText(text: u32, from: u32, to: u32): void {
  let place: u32 = 0
  let at = from
  while (at < to) {
    // The next letter.
    let base = at & ~63
    let bits = load<u64>(letters + (base >>> 3)) & (<u64>-1 << (at & 63))
    while (bits == 0) {
      base += 64
      if (base >= to) break
      bits = load<u64>(letters + (base >>> 3))
    }
    const begin = base + <u32>ctz(bits)
    if (bits == 0 || begin >= to) break
    // The end of its word.
    base = begin & ~63
    bits = ~load<u64>(letters + (base >>> 3)) & (<u64>-1 << (begin & 63))
    while (bits == 0) {
      base += 64
      if (base >= to) break
      bits = ~load<u64>(letters + (base >>> 3))
    }
    at = bits == 0 ? to : min(base + <u32>ctz(bits), to)
    const found = batch + (<usize>waiting << 4)
    waiting++
    store<u32>(found, <u32>bytes + begin)
    store<u32>(found, at - begin, 4)
    store<u32>(found, hashOf(bytes + begin, at - begin), 8)
    if (waiting == TOGETHER) place = postAll(text, place)
  }
  postAll(text, place)
}

/** Words of a text that wait for each other, 16 bytes each: where, how long, their hash, then where their line is. */
const batch: usize = 1024
const TOGETHER: u32 = 48
let waiting: u32 = 0

/** All are looked up, then all are posted: the processor waits for the memory of several at once. */
function postAll(text: u32, from: u32): u32 {
  const end = batch + (<usize>waiting << 4)
  for (let at = batch; at < end; at += 16) store<u32>(at, <u32>(lineOf(load<u32>(at), load<u32>(at, 4), load<u32>(at, 8)) - lines), 12)
  let place = from
  for (let at = batch; at < end; at += 16) post(lines + load<u32>(at, 12), text, place++)
  waiting = 0
  return place
}

// @ts-ignore: decorator
@inline
function eightAt(p: usize, length: u32): u64 {
  return length >= 8 ? load<u64>(p) : load<u64>(p) & ((<u64>1 << (length << 3)) - 1)
}

function hashOf(p: usize, length: u32): u32 {
  let mixed = seed ^ length
  for (let i: u32 = 0; i < length; i += 8) {
    mixed = (mixed ^ eightAt(p + i, length - i)) * factor
    mixed ^= mixed >>> 32
  }
  mixed *= factor
  return <u32>(mixed >>> 32)
}

/** The line of a word, an old one or a new one. */
function lineOf(p: usize, length: u32, hash: u32): usize {
  const mask = slotCount - 1
  let slot = hash & mask
  let found = slots + (<usize>slot << 3)
  let line = load<u32>(found, 4)
  while (line != 0) {
    if (load<u32>(found) == hash && isSame(lines + line - 1, p, length)) return lines + line - 1
    slot = (slot + 1) & mask
    found = slots + (<usize>slot << 3)
    line = load<u32>(found, 4)
  }
  return newLine(p, length, hash, found)
}

function isSame(line: usize, p: usize, length: u32): bool {
  if (load<u32>(line, LENGTH) != length) return false
  const own = length <= SHORT ? line + LETTERS : <usize>load<u32>(line, LETTERS)
  for (let i: u32 = 0; i < length; i += 8) if (load<u64>(own + i) != eightAt(p + i, length - i)) return false
  return true
}

function newLine(p: usize, length: u32, hash: u32, found: usize): usize {
  if (count == lineCap) {
    const wider = roomFor(lineCap * LINE * 2)
    memory.copy(wider, lines, lineCap * LINE)
    leaveRoom(lines, lineCap * LINE)
    lines = wider
    lineCap *= 2
  }
  const line = lines + count * LINE
  memory.fill(line, 0, LINE)
  store<u32>(line, hash, HASH)
  store<u32>(line, length, LENGTH)
  let own = line + LETTERS
  if (length > SHORT) {
    own = roomFor(length + 8)
    store<u32>(line, <u32>own, LETTERS)
  }
  for (let i: u32 = 0; i < length; i += 8) store<u64>(own + i, eightAt(p + i, length - i))
  store<u32>(line, <u32>roomFor(FIRST_ROOM), AT)
  store<u32>(line, FIRST_ROOM, ROOM)
  store<u32>(found, hash)
  store<u32>(found, count++ * LINE + 1, 4)
  if (count * 2 > slotCount) growSlots()
  return line
}

function growSlots(): void {
  leaveRoom(slots, slotCount << 3)
  slotCount *= 2
  slots = roomFor(slotCount << 3)
  memory.fill(slots, 0, slotCount << 3)
  const mask = slotCount - 1
  for (let i: u32 = 0; i < count; i++) {
    const line = lines + i * LINE
    const hash = load<u32>(line, HASH)
    let found = slots + ((hash & mask) << 3)
    while (load<u32>(found, 4) != 0) found = slots + ((((found - slots) >>> 3) + 1) & mask) * 8
    store<u32>(found, hash)
    store<u32>(found, i * LINE + 1, 4)
  }
}

function post(line: usize, text: u32, place: u32): void {
  if (load<u32>(line, ROOM) - load<u32>(line, USED) < POSTING) makeRoom(line)
  const before = load<u32>(line, TEXT)
  let last: u32 = 0
  if (before != text) {
    if (before != 0) closeText(line)
    store<u32>(line, load<u32>(line, TEXTS) + 1, TEXTS)
    write(line, text - before)
    const used = load<u32>(line, USED)
    store<u32>(line, used, SIZE_AT)
    store<u32>(line, used + 1, USED)
    store<u32>(line, text, TEXT)
  } else last = load<u32>(line, PLACE)
  write(line, place - last + 2)
  store<u32>(line, place, PLACE)
}

// @ts-ignore: decorator
@inline
function write(line: usize, value: u32): void {
  const used = load<u32>(line, USED)
  store<u32>(line, used + putNumber(<usize>load<u32>(line, AT) + used, value), USED)
}

/** A byte was left for the size: mostly it is enough. */
function closeText(line: usize): void {
  const sizeAt = load<u32>(line, SIZE_AT)
  if (sizeAt == 0) return
  store<u32>(line, 0, SIZE_AT)
  const used = load<u32>(line, USED)
  const size = (used - sizeAt - 1) << 1
  if (size >= 128) {
    if (load<u32>(line, ROOM) - used < POSTING) makeRoom(line)
    const from = <usize>load<u32>(line, AT) + sizeAt + 1
    const more = lengthOf(size) - 1
    memory.copy(from + more, from, used - sizeAt - 1)
    store<u32>(line, used + more, USED)
  }
  putNumber(<usize>load<u32>(line, AT) + sizeAt, size)
  // Whatever comes after `close` needs room as before.
  if (load<u32>(line, ROOM) - load<u32>(line, USED) < POSTING) makeRoom(line)
}

function makeRoom(line: usize): void {
  const at = <usize>load<u32>(line, AT)
  const room = load<u32>(line, ROOM)
  const wider = roomFor(room << 1)
  memory.copy(wider, at, load<u32>(line, USED))
  leaveRoom(at, room)
  store<u32>(line, <u32>wider, AT)
  store<u32>(line, room << 1, ROOM)
}

// @ts-ignore: decorator
@inline
function lengthOf(value: u32): u32 {
  return value < 128 ? 1 : (38 - clz(value)) / 7
}

/** SQLite's number of variable length: seven bits a byte, the highest first. */
// @ts-ignore: decorator
@inline
function putNumber(p: usize, value: u32): u32 {
  if (value < 128) {
    store<u8>(p, <u8>value)
    return 1
  }
  const length = lengthOf(value)
  let rest = value
  for (let i: i32 = <i32>length - 1; i >= 0; i--) {
    store<u8>(p + i, <u8>(<u32>i == length - 1 ? rest & 127 : (rest & 127) | 128))
    rest >>>= 7
  }
  return length
}

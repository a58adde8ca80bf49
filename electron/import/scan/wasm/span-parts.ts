// Parts of a span: times, ids, status, events, links.

import {
  ASCII,
  item,
  key0,
  key1,
  keyLength,
  member,
  number,
  opens,
  p,
  skipValue,
  text,
  textAt,
  textKind,
  textLength,
} from './json-in'
import {
  ATTRIBUTES_0,
  ATTRIBUTES_1,
  CODE,
  isOtherSpelling,
  MESSAGE,
  NAME,
  SPAN_ID,
  TIME_0,
  TIME_1,
  TRACE_ID,
} from './span-fields'
import { attributes } from './span-values'
import { hasRoom, leave, leaveZeros, out, putTextAt } from './tape'

/** A time in nanoseconds at this place of the tape; 0 counts as none. */
export function timeAt(at: usize): bool {
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
export function idAt(at: usize, mayLack: bool, remember: bool): bool {
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

export function nameAt(at: usize): bool {
  if (!text()) return false
  putTextAt(at, true)
  return true
}

/** Code: a digit, or its name. */
export function status(head: usize): bool {
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
export function events(): usize {
  const list = leave(4)
  if (!opens(0x5b)) return 0
  let count: u32 = 0
  let more = item(true)
  for (; more == 1; more = item(false)) {
    if (!opens(0x7b) || !hasRoom(256)) return 0
    const head = leaveZeros(24)
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
export function links(): usize {
  const list = leave(4)
  if (!opens(0x5b)) return 0
  let count: u32 = 0
  let more = item(true)
  for (; more == 1; more = item(false)) {
    if (!opens(0x7b) || !hasRoom(256)) return 0
    const head = leaveZeros(24)
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

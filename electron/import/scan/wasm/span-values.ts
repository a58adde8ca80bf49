// Values of attributes: AnyValue, lists and pairs of it.

import {
  ASCII,
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
  skipValue,
  text,
  textAt,
  textKind,
  textLength,
} from './json-in'
import { gather, pauseSet, resumeSet } from './span-sets'
import {
  ARRAY_0,
  ARRAY_1,
  BOOL_0,
  BYTES_0,
  DOUBLE_0,
  DOUBLE_1,
  INT_VALUE,
  KEY,
  KVLIST_0,
  KVLIST_1,
  LAST_E,
  LAST_UE,
  STRING_0,
  STRING_1,
  VALUE,
  VALUES,
} from './span-fields'
import {
  DOUBLE_TEXT,
  FALSE,
  hasRoom,
  INT32,
  INT64,
  INTEGER_TEXT,
  leave,
  LIST,
  markOdd,
  NULL,
  NUMBER,
  OBJECT,
  out,
  put,
  putText,
  STRING,
  TRUE,
} from './tape'

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
    const at = leave(12)
    store<u32>(at, INT64)
    store<f64>(at, <f64>n, 4)
  }
  return true
}

/** An AnyValue: an object with one field. */
function anyValue(): bool {
  if (!opens(0x7b) || !hasRoom(256)) return false
  const found = member(true)
  if (found == 0) {
    markOdd()
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
  if (found == 0) markOdd()
  if (found <= 0) return found == 0
  if (keyLength != 6 || key0 != VALUES) return false
  const count = isObject ? pairs() : values()
  if (count == 0) markOdd()
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
  if (!opens(0x7b) || !hasRoom(256)) return false
  const isOwn = pauseSet()
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
  if (isOwn) resumeSet()
  return hasValue
}

/** Attributes: how many, then each. Where they begin on the tape; 0 where they are not as expected. */
export function attributes(): usize {
  const head = leave(4)
  const count = pairs()
  if (count < 0) return 0
  store<u32>(head, <u32>count)
  return head
}

// Names of the fields of a span, as the two words that a key is read as.

import { key0, key1, keyLength, textAt } from './json-in'

function pack(name: string, from: i32): u64 {
  let word: u64 = 0
  for (let i = 0; i < 8 && from + i < name.length; i++) word |= (<u64>name.charCodeAt(from + i)) << ((<u64>i) << 3)
  return word
}

export const TRACE_ID = pack('traceId', 0)
export const SPAN_ID = pack('spanId', 0)
export const PARENT_0 = pack('parentSpanId', 0)
export const PARENT_1 = pack('parentSpanId', 8)
export const NAME = pack('name', 0)
export const START_0 = pack('startTimeUnixNano', 0)
export const START_1 = pack('startTimeUnixNano', 8)
export const END_0 = pack('endTimeUnixNano', 0)
export const END_1 = pack('endTimeUnixNano', 8)
export const TIME_0 = pack('timeUnixNano', 0)
export const TIME_1 = pack('timeUnixNano', 8)
export const ATTRIBUTES_0 = pack('attributes', 0)
export const ATTRIBUTES_1 = pack('attributes', 8)
export const EVENTS = pack('events', 0)
export const LINKS = pack('links', 0)
export const STATUS = pack('status', 0)
export const CODE = pack('code', 0)
export const MESSAGE = pack('message', 0)
export const KEY = pack('key', 0)
export const VALUE = pack('value', 0)
export const VALUES = pack('values', 0)
export const STRING_0 = pack('stringValue', 0)
export const STRING_1 = pack('stringValue', 8)
export const INT_VALUE = pack('intValue', 0)
export const BOOL_0 = pack('boolValue', 0)
export const DOUBLE_0 = pack('doubleValue', 0)
export const DOUBLE_1 = pack('doubleValue', 8)
export const ARRAY_0 = pack('arrayValue', 0)
export const ARRAY_1 = pack('arrayValue', 8)
export const BYTES_0 = pack('bytesValue', 0)
export const KVLIST_0 = pack('kvlistValue', 0)
export const KVLIST_1 = pack('kvlistValue', 8)
export const KIND = pack('kind', 0)
export const FLAGS = pack('flags', 0)
export const STATE_0 = pack('traceState', 0)
export const STATE_1 = pack('traceState', 8)
export const DROPPED = pack('dropped', 0)
export const COUNT = pack('Count', 0)
export const LAST_E = pack('e', 0)
export const LAST_UE = pack('ue', 0)

/** Another spelling of a field that is read would have to be understood, too. */
export function isOtherSpelling(): bool {
  const first = <u8>key0
  return (first >= 0x41 && first <= 0x5a) || hasUnderscore(key0) || hasUnderscore(key1)
}

function hasUnderscore(word: u64): bool {
  const x = word ^ 0x5f5f5f5f5f5f5f5f
  return ((x - 0x0101010101010101) & ~x & 0x8080808080808080) != 0
}

/** Whether this field of a span is understood, and says nothing that is read (`fields` in ../../formats/otlp-json.ts). */
export function isKept(): bool {
  if (keyLength == 4) return key0 == KIND
  if (keyLength == 5) return key0 == FLAGS
  if (keyLength == 10) return key0 == STATE_0 && key1 == STATE_1
  if (keyLength < 12 || (key0 & 0x00ffffffffffffff) != DROPPED) return false
  return load<u64>(textAt + keyLength - 8) >> 24 == COUNT
}

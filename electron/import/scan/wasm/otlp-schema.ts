// Which fields OTLP's messages have, and how OTLP/JSON names and writes them:
// https://github.com/open-telemetry/opentelemetry-proto (v1, fields of 1.11). Fields that are not here are passed over.

export const GROUP: u32 = 1
export const SCOPE_GROUP: u32 = 2
export const RESOURCE: u32 = 3
export const SCOPE: u32 = 4
export const SPAN: u32 = 5
export const EVENT: u32 = 6
export const LINK: u32 = 7
export const STATUS: u32 = 8
export const LOG: u32 = 9
export const METRIC: u32 = 10
export const KEY_VALUE: u32 = 11
const messages: u32 = 12

// How a field is written. The low byte; above it, for messages, which one.
export const TEXT: u32 = 1
/** Bytes, in hex: ids. */
export const ID: u32 = 2
/** A varint or fixed32 as a number. */
export const NUMBER: u32 = 3
/** fixed64 as a string of digits. */
export const TIME: u32 = 4
export const ANY: u32 = 5
export const MESSAGE: u32 = 6
export const REPEATED: u32 = 7

const wireVarint: u32 = 0
const wireFixed64: u32 = 1
const wireBytes: u32 = 2
const wireFixed32: u32 = 5

const tags: u32 = 136
/** Eight bytes for each message and tag: how, and the name as it is written. */
const table = memory.data(12 * 136 * 8, 8)

function define(message: u32, field: u32, wire: u32, how: u32, name: string): void {
  const at = table + <usize>(message * tags + ((field << 3) | wire)) * 8
  store<u32>(at, how)
  store<u32>(at, <u32>changetype<usize>(name), 4)
}

/** 0 for fields we do not know. */
export function howOf(message: u32, tag: u32): u32 {
  return tag < tags ? load<u32>(table + <usize>(message * tags + tag) * 8) : 0
}

export function nameOf(message: u32, tag: u32): string {
  return changetype<string>(<usize>load<u32>(table + <usize>(message * tags + tag) * 8, 4))
}

define(GROUP, 1, wireBytes, MESSAGE | (RESOURCE << 8), '"resource":')
define(GROUP, 3, wireBytes, TEXT, '"schemaUrl":')
define(SCOPE_GROUP, 1, wireBytes, MESSAGE | (SCOPE << 8), '"scope":')
define(SCOPE_GROUP, 3, wireBytes, TEXT, '"schemaUrl":')

define(RESOURCE, 1, wireBytes, REPEATED | (KEY_VALUE << 8), '"attributes":')
define(RESOURCE, 2, wireVarint, NUMBER, '"droppedAttributesCount":')

define(SCOPE, 1, wireBytes, TEXT, '"name":')
define(SCOPE, 2, wireBytes, TEXT, '"version":')
define(SCOPE, 3, wireBytes, REPEATED | (KEY_VALUE << 8), '"attributes":')
define(SCOPE, 4, wireVarint, NUMBER, '"droppedAttributesCount":')

define(SPAN, 1, wireBytes, ID, '"traceId":')
define(SPAN, 2, wireBytes, ID, '"spanId":')
define(SPAN, 3, wireBytes, TEXT, '"traceState":')
define(SPAN, 4, wireBytes, ID, '"parentSpanId":')
define(SPAN, 5, wireBytes, TEXT, '"name":')
define(SPAN, 6, wireVarint, NUMBER, '"kind":')
define(SPAN, 7, wireFixed64, TIME, '"startTimeUnixNano":')
define(SPAN, 8, wireFixed64, TIME, '"endTimeUnixNano":')
define(SPAN, 9, wireBytes, REPEATED | (KEY_VALUE << 8), '"attributes":')
define(SPAN, 10, wireVarint, NUMBER, '"droppedAttributesCount":')
define(SPAN, 11, wireBytes, REPEATED | (EVENT << 8), '"events":')
define(SPAN, 12, wireVarint, NUMBER, '"droppedEventsCount":')
define(SPAN, 13, wireBytes, REPEATED | (LINK << 8), '"links":')
define(SPAN, 14, wireVarint, NUMBER, '"droppedLinksCount":')
define(SPAN, 15, wireBytes, MESSAGE | (STATUS << 8), '"status":')
define(SPAN, 16, wireFixed32, NUMBER, '"flags":')

define(EVENT, 1, wireFixed64, TIME, '"timeUnixNano":')
define(EVENT, 2, wireBytes, TEXT, '"name":')
define(EVENT, 3, wireBytes, REPEATED | (KEY_VALUE << 8), '"attributes":')
define(EVENT, 4, wireVarint, NUMBER, '"droppedAttributesCount":')

define(LINK, 1, wireBytes, ID, '"traceId":')
define(LINK, 2, wireBytes, ID, '"spanId":')
define(LINK, 3, wireBytes, TEXT, '"traceState":')
define(LINK, 4, wireBytes, REPEATED | (KEY_VALUE << 8), '"attributes":')
define(LINK, 5, wireVarint, NUMBER, '"droppedAttributesCount":')
define(LINK, 6, wireFixed32, NUMBER, '"flags":')

define(STATUS, 2, wireBytes, TEXT, '"message":')
define(STATUS, 3, wireVarint, NUMBER, '"code":')

define(LOG, 1, wireFixed64, TIME, '"timeUnixNano":')
define(LOG, 2, wireVarint, NUMBER, '"severityNumber":')
define(LOG, 3, wireBytes, TEXT, '"severityText":')
define(LOG, 5, wireBytes, ANY, '"body":')
define(LOG, 6, wireBytes, REPEATED | (KEY_VALUE << 8), '"attributes":')
define(LOG, 7, wireVarint, NUMBER, '"droppedAttributesCount":')
define(LOG, 8, wireFixed32, NUMBER, '"flags":')
define(LOG, 9, wireBytes, ID, '"traceId":')
define(LOG, 10, wireBytes, ID, '"spanId":')
define(LOG, 11, wireFixed64, TIME, '"observedTimeUnixNano":')
define(LOG, 12, wireBytes, TEXT, '"eventName":')

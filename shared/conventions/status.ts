// How a span ended, by the strength of the evidence. Read for every span, LLM or not.

import type { RawEvent, RawSpan } from '../domain/raw-span.ts'
import type { Facts, Reading } from './convention.ts'
import { asLabel, asNumber, asText } from './values.ts'

/** Attributes that are read of every span. */
export const statusNames: readonly string[] = [
  'error.type',
  'error',
  'error.message',
  'exception.message',
  'http.response.status_code',
  'http.status_code',
]

/**
 * Error code, `error.type`, an exception event, what a dialect says (already in `reading`), HTTP status >= 400. A span
 * that says OK itself is believed over everything but `error.type`: a handled exception leaves an event on a success.
 * UNSET without evidence stays unset.
 */
export function readStatus(span: RawSpan, reading: Reading<Facts>): void {
  const { attributes } = span
  const type = asLabel(attributes['error.type'])
  if (type !== undefined) reading.take('errorType', type, 'error.type')
  const exception = span.events.length > 0 ? findException(span) : undefined
  if (exception) reading.take('errorType', asLabel(exception.attributes['exception.type']), 'exception event')

  if (span.status === 'error') reading.take('status', 'error', 'status', -2)
  else if (type !== undefined) reading.take('status', 'error', 'error.type', -1)
  else if (span.status === 'ok') reading.take('status', 'ok', 'status', -1)
  else if (exception) reading.take('status', 'error', 'exception event', -1)
  else if (attributes['error'] === true || attributes['error'] === 'true') reading.take('status', 'error', 'error', 1)
  else {
    const http = asNumber(attributes['http.response.status_code'] ?? attributes['http.status_code'])
    if (http !== undefined && http >= 400) reading.take('status', 'error', 'http status', 1)
  }
  reading.take('status', span.status, 'status', 2)
}

/** The last one: what finally ended the span. */
function findException(span: RawSpan): RawEvent | undefined {
  return span.events.findLast(event => event.name === 'exception' || event.name === 'gen_ai.client.operation.exception')
}

/** What the span says about its end, else the message of its exception. */
export function readStatusMessage(span: RawSpan): { message: string; from: string } | undefined {
  const own = asText(span.statusMessage)
  if (own !== undefined && own !== '') return { message: own, from: 'status' }
  const thrown = asText(findException(span)?.attributes['exception.message'])
  if (thrown !== undefined && thrown !== '') return { message: thrown, from: 'exception event' }
  const told = asText(span.attributes['error.message'] ?? span.attributes['exception.message'])
  return told === undefined || told === '' ? undefined : { message: told, from: 'error.message' }
}

// What gemini-cli records of its calls for its tests: `{method, response}`, the response of a stream as the list of its
// pieces. https://github.com/google-gemini/gemini-cli (packages/core/src/core/recordingContentGenerator.ts)
// No requests and no times. Counts of tokens (`countTokens`) are no calls.

import type { JsonObject } from '../../../shared/domain/json.ts'
import { alone, stateless, type Certainty, type RecordSink, type TraceFormat } from '../format.ts'
import { providerSpan } from './provider-span.ts'
import { isObject, plainAttributes, type Fields } from './values.ts'

const methods = new Set(['generateContent', 'generateContentStream', 'embedContent', 'countTokens'])

function detect(record: JsonObject): Certainty {
  const { method, response } = record
  if (typeof method !== 'string' || !methods.has(method)) return 'no'
  return Array.isArray(response) || isObject(response) ? 'certain' : 'no'
}

function read(record: JsonObject, sink: RecordSink): void {
  const { method } = record
  if (method === 'countTokens') sink.skipped('counts of tokens', 1)
  else sink.span(record, alone)
}

export const geminiCliRecording: TraceFormat = {
  id: 'gemini-cli-recording',
  label: 'gemini-cli recording',
  detect,
  open: stateless(read),
  rawSpan: (record, _context, defer) => providerSpan(plainAttributes(record as Fields, defer)),
}

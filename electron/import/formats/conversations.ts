// A conversation a line and nothing else: `{messages: […]}`, the shape of fine-tuning and evaluation data. No call is
// told of: what the model said last is its output, all before it the input.

import type { JsonObject } from '../../../shared/domain/json.ts'
import type { RawSpan } from '../../../shared/domain/raw-span.ts'
import { hasSecret } from '../../../shared/domain/secrets.ts'
import { hasMessages } from '../../../shared/conventions/bodies/fields.ts'
import { bareSpan, eachRecord, type Certainty, type Defer, type TraceFormat } from '../format.ts'
import { plainAttributes, type Fields } from './values.ts'

/** What may stand beside the messages without telling of a call. */
const beside = new Set([
  'messages',
  'tools',
  'functions',
  'parallel_tool_calls',
  'metadata',
  'annotations',
  'weight',
  'id',
])

function detect(record: JsonObject): Certainty {
  if (!hasMessages(record, 'messages')) return 'no'
  return Object.keys(record).every(name => beside.has(name)) ? 'likely' : 'no'
}

function rawSpan(record: object, _context: object, defer: Defer): RawSpan {
  const attributes = plainAttributes(record as Fields, defer)
  return {
    traceId: '',
    spanId: '',
    name: 'conversation',
    status: 'unset',
    attributes,
    ...bareSpan,
    marks: ['undated', ...(hasSecret(attributes) ? (['secret'] as const) : [])],
    dialect: 'conversation',
  }
}

export const conversations: TraceFormat = {
  id: 'conversations',
  label: 'Conversations',
  detect,
  open: eachRecord,
  rawSpan,
}

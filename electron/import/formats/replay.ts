// Answers to requests that were sent from Spanwise (shared/replay/record.ts): one a record, its bodies as texts. The call that
// was sent again is a link of the span.

import type { JsonObject } from '../../../shared/domain/json.ts'
import type { RawLink, RawSpan } from '../../../shared/domain/raw-span.ts'
import { normalizeId } from '../../../shared/domain/ids.ts'
import { eachRecord, noAttributes, type Certainty, type Defer, type TraceFormat } from '../format.ts'
import { providerSpan } from './provider-span.ts'
import { isObject, plainAttributes, textIn, type Fields } from './values.ts'

function detect({ spanwise, replay }: JsonObject): Certainty {
  return spanwise === 'replay' && isObject(replay) ? 'certain' : 'no'
}

function rawSpan(record: object, _context: object, defer: Defer): RawSpan {
  const { stream, ...row } = record as Fields
  const about = isObject(row['replay']) ? row['replay'] : {}
  const span = providerSpan(plainAttributes({ ...row, ...chunksOf(stream) }, defer), {
    status: textIn(about['outcome'], defer) === 'ok' ? 'ok' : 'error',
    marks: ['replayed'],
  })
  return { ...span, links: linksOf(about['of'], defer) }
}

/** The events themselves stand in the record alone: the answer says all of it once more, and a search would find it twice. */
function chunksOf(stream: unknown): Fields {
  return isObject(stream) && isObject(stream['chunks']) ? { stream: { chunks: stream['chunks'] } } : {}
}

function linksOf(original: unknown, defer: Defer): RawLink[] {
  if (!isObject(original)) return []
  const traceId = normalizeId(textIn(original['trace'], defer))
  const spanId = normalizeId(textIn(original['span'], defer))
  if (traceId === undefined || spanId === undefined) return []
  return [
    {
      traceId,
      spanId,
      attributes: Object.assign(Object.create(null) as object, noAttributes, { 'link.type': 'replay_of' }),
    },
  ]
}

export const replay: TraceFormat = { id: 'replay', label: 'Replays of Spanwise', detect, open: eachRecord, rawSpan }

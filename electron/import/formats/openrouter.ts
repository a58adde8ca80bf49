// Generations as OpenRouter records them. https://openrouter.ai/docs/api-reference/get-a-generation
// One a line, or as its interface answers: `{data: {…}}`.

import type { JsonObject } from '../../../shared/domain/json.ts'
import type { Mark } from '../../../shared/domain/marks.ts'
import type { RawSpan } from '../../../shared/domain/raw-span.ts'
import { millisecondsToNano, parseTime } from '../../../shared/domain/times.ts'
import { hash } from 'node:crypto'
import { alone, bareSpan, stateless, type Certainty, type Defer, type RecordSink, type TraceFormat } from '../format.ts'
import { rawNumber } from '../numbers.ts'
import { isObject, plainAttributes, textIn, type Fields } from './values.ts'

function isGeneration(row: Fields): boolean {
  return 'native_tokens_prompt' in row && 'id' in row
}

function detect(record: JsonObject): Certainty {
  const { data } = record
  return isGeneration(record) || (isObject(data) && isGeneration(data)) ? 'certain' : 'no'
}

function read(record: JsonObject, sink: RecordSink): void {
  const { data } = record
  sink.span(!isGeneration(record) && isObject(data) ? data : record, alone)
}

function rawSpan(record: object, _context: object, defer: Defer): RawSpan {
  const row = record as Fields
  const id = textIn(row['id'], defer)
  const digest = id === undefined ? '' : hash('sha256', `openrouter ${id}`, 'hex')
  const start = parseTime(row['created_at'])
  const length = millisecondsToNano(rawNumber(row['generation_time']) ?? row['generation_time'] ?? row['latency'])
  const marks: Mark[] = start?.noZone ? ['no-zone'] : []
  if (!start) marks.push('undated')
  const cancelled = row['cancelled'] === true
  return {
    traceId: digest.slice(0, 32),
    spanId: digest.slice(32, 48),
    name: ['generation', textIn(row['model'], defer)].filter(Boolean).join(' '),
    ...(start ? { start: start.ns } : {}),
    ...(length === undefined ? {} : { duration: length }),
    status: row['finish_reason'] === 'error' ? 'error' : cancelled ? 'unset' : 'ok',
    attributes: plainAttributes(row, defer),
    ...bareSpan,
    marks,
    dialect: 'openrouter',
  }
}

export const openRouter: TraceFormat = {
  id: 'openrouter',
  label: 'OpenRouter generations',
  detect,
  open: stateless(read),
  rawSpan,
}

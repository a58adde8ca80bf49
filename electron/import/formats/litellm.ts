// LiteLLM's logs: payloads of its callbacks and rows of its table of spending. https://docs.litellm.ai/docs/proxy/logging_spec
// `trace_id` groups retries and fallbacks; `id` is the provider's and repeats among them, so it identifies no span.
// Times without a zone are local to the proxy: nothing says where that was.

import type { Mark } from '../../../shared/domain/marks.ts'
import type { RawSpan } from '../../../shared/domain/raw-span.ts'
import { hasSecret } from '../../../shared/domain/secrets.ts'
import { parseTime } from '../../../shared/domain/times.ts'
import { bareSpan, eachRecord, type Defer, type TraceFormat } from '../format.ts'
import { idOf, isObject, markTimes, plainAttributes, textIn, type Fields } from './values.ts'

function rawSpan(record: object, _context: object, defer: Defer): RawSpan {
  const row = record as Fields
  const attributes = plainAttributes(row, defer)
  const start = parseTime(row['startTime'])
  const end = parseTime(row['endTime'])
  const marks: Mark[] = start?.noZone || end?.noZone ? ['no-zone'] : []
  if (start) markTimes(marks, { start: start.ns, end: end?.ns })
  else marks.push('undated')
  if (hasSecret(attributes)) marks.push('secret')
  const information = isObject(row['error_information']) ? row['error_information'] : {}
  const failed = row['status'] === 'failure' || typeof row['error_str'] === 'string'
  const message = attributes['error_str'] ?? textIn(information['error_message'], defer)
  return {
    traceId: idOf(row['trace_id'], defer),
    spanId: '',
    name: [textIn(row['call_type'], defer), textIn(row['model'], defer)].filter(Boolean).join(' '),
    ...(start ? { start: start.ns } : {}),
    ...(end ? { end: end.ns } : {}),
    status: failed ? 'error' : row['status'] === 'success' ? 'ok' : 'unset',
    ...(failed && message !== undefined && message !== null && message !== ''
      ? { statusMessage: message as string }
      : {}),
    attributes,
    ...bareSpan,
    marks,
    dialect: 'litellm',
  }
}

export const liteLlm: TraceFormat = {
  id: 'litellm',
  label: 'LiteLLM log',
  detect: record => ('call_type' in record && ('response_cost' in record || 'spend' in record) ? 'certain' : 'no'),
  open: eachRecord,
  rawSpan,
}

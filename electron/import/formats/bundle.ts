// What `export` writes (shared/contract/bundle.ts): records of other formats, handed on as they came.

import type { JsonObject } from '../../../shared/domain/json.ts'
import { stateless, type Certainty, type RecordSink, type TraceFormat } from '../format.ts'
import { isObject, listOf } from './values.ts'

function detect(record: JsonObject): Certainty {
  return typeof record['spanwise'] === 'string' && 'records' in record && 'format' in record ? 'certain' : 'no'
}

function read(line: JsonObject, sink: RecordSink): void {
  const { spanwise, format, context, places, records } = line
  if (spanwise !== 'bundle/1') {
    sink.unreadable('import/newer-bundle', 'A newer build of Spanwise wrote this line. Open it with that one.')
    return
  }
  const as = typeof format === 'string' ? sink.text(format) : ''
  const around = isObject(context) ? context : {}
  const at = listOf(places)
  listOf(records).forEach((record, i) => {
    if (!isObject(record)) sink.unreadable('import/not-a-span', 'A record that is not an object.')
    else {
      const place = at[i]
      sink.span(record, around, typeof place === 'number' && place >= 0 ? { as, place } : { as })
    }
  })
}

export const bundle: TraceFormat = {
  id: 'bundle',
  label: 'Spanwise bundle',
  detect,
  open: stateless(read),
  rawSpan: () => ({ code: 'import/not-a-span', message: 'A line of a bundle is no span itself.' }),
}

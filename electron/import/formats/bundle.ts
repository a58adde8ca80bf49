// What `export` writes (shared/contract/bundle.ts): records of other formats, handed on as they came.

import type { JsonObject } from '../../../shared/domain/json.ts'
import { stateless, type Certainty, type RecordSink, type TraceFormat } from '../format.ts'
import { isObject, listOf } from './values.ts'

function detect(record: JsonObject): Certainty {
  const isLine = ('records' in record && 'format' in record) || 'notes' in record
  return typeof record['spanwise'] === 'string' && isLine ? 'certain' : 'no'
}

function read(line: JsonObject, sink: RecordSink): void {
  const { spanwise, format, context, places, records } = line
  if (spanwise === 'notes/1') return readNotes(line, sink)
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

/** Notes that no window could have written are left out, and said so. */
function readNotes({ notes }: JsonObject, sink: RecordSink): void {
  const text = (value: unknown, most: number): string | undefined => {
    const whole = typeof value === 'string' ? sink.text(value).toWellFormed() : ''
    return whole !== '' && whole.length <= most ? whole : undefined
  }
  for (const each of listOf(notes)) {
    const { trace: written = '', span, starred, tags, note } = isObject(each) ? each : {}
    const trace = text(written, longestId)
    const of = text(span, longestId)
    if (trace === undefined || (span !== undefined && of === undefined)) {
      sink.unreadable('import/not-a-note', 'A note that names no trace or span.')
      continue
    }
    const words = listOf(tags).flatMap(tag => text(tag, longestTag) ?? [])
    const remark = text(note, longestNote)
    sink.note({
      trace,
      ...(of === undefined ? {} : { span: of }),
      ...(starred === true ? { starred } : {}),
      ...(words.length > 0 ? { tags: words } : {}),
      ...(remark === undefined ? {} : { note: remark }),
    })
  }
}

const longestId = 1024
const longestTag = 200
const longestNote = 20_000

export const bundle: TraceFormat = {
  id: 'bundle',
  label: 'Spanwise bundle',
  detect,
  open: stateless(read),
  rawSpan: () => ({ code: 'import/not-a-span', message: 'A line of a bundle is no span itself.' }),
}

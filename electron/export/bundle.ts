import type { NoteLine } from '../../shared/contract/bundle.ts'
import { createSpanReader } from '../import/reading.ts'
import type { GivenNote } from '../store/given-notes.ts'
import { KeptReader } from '../store/kept.ts'
import { notedSpans, notedTraces } from '../store/notes.ts'
import { putOn } from '../store/said.ts'
import type { Store } from '../store/open.ts'
import { filePath, walkRecords, type RecordRow } from '../store/walk.ts'
import type { Piece } from './export.ts'

/** A line holds at most so many records, and not much more text than this. */
const mostRecords = 200
const mostText = 256 << 10

/**
 * Lines of a bundle (shared/contract/bundle.ts). Texts are put together rather than objects, so that digits stay as the
 * file wrote them.
 */
export function* exportBundle(store: Store, traces?: readonly number[]): Generator<Piece> {
  const kept = new KeptReader(store)
  let group: RecordRow[] = []
  let records: string[] = []
  let length = 0
  const line = (): Piece => {
    const { context, file } = group[0]!
    const { format, text } = kept.context(context)
    const places = group.map(row => row.place)
    const head = `{"spanwise":"bundle/1","format":${JSON.stringify(format)},"file":${JSON.stringify(filePath(store, file))}`
    const said = `${head},"context":${text},"places":[${places.join(',')}],"records":[${records.join(',')}]}\n`
    const piece = { text: said, spans: group.reduce((sum, row) => sum + row.spans, 0) }
    group = []
    records = []
    length = 0
    return piece
  }
  for (const row of walkRecords(store, traces)) {
    const first = group[0]
    const isOther = first && (first.context !== row.context || first.file !== row.file)
    if (isOther || group.length >= mostRecords || length >= mostText) if (group.length > 0) yield line()
    const record = kept.text(row.id)
    group.push(row)
    records.push(record)
    length += record.length
  }
  if (group.length > 0) yield line()
  yield* noteLines(store, traces)
}

interface WrittenNotes {
  readonly spanwise: NoteLine['spanwise']
  readonly notes: readonly GivenNote[]
}

/** What persons put on the traces and their spans: a line a trace, after the records. */
function* noteLines(store: Store, traces?: readonly number[]): Generator<Piece> {
  const reader = createSpanReader(store)
  for (const { id, key } of notedTraces(store, traces)) {
    const spans = notedSpans(store, id).flatMap((row): GivenNote[] => {
      const span = reader.read(row)
      return span ? [{ trace: key, span: span.id, ...putOn(store, 'spans', row) }] : []
    })
    const own = putOn(store, 'traces', id)
    const notes = [...(Object.keys(own).length > 0 ? [{ trace: key, ...own }] : []), ...spans]
    for (let from = 0; from < notes.length; from += mostRecords) {
      const said: WrittenNotes = { spanwise: 'notes/1', notes: notes.slice(from, from + mostRecords) }
      yield { text: `${JSON.stringify(said)}\n`, spans: 0 }
    }
  }
}

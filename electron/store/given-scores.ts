import { hash } from 'node:crypto'
import { normalizeId } from '../../shared/domain/ids.ts'
import type { ScoreReceipt } from '../../shared/domain/score-receipt.ts'
import type { ScoreRow } from '../../shared/domain/score-row.ts'
import { spanTag } from '../../shared/domain/span-tag.ts'
import { guarded } from './errors.ts'
import { hashResponseId } from './response-id.ts'
import type { Store } from './open.ts'

/** What a row speaks of: a trace (span 0), a span by its tag, or a session (no trace). */
interface Target {
  readonly trace: string
  readonly span: number
  readonly session: string
}

export type Written = 'added' | 'known' | { readonly notFound: string }

/** Writes the scores of one file; what they speak of is looked up for many rows at once. */
export class ScoreWriter {
  readonly file: number
  private readonly store: Store
  /** How often this file said the same: two people may. */
  private readonly said = new Map<string, number>()

  constructor(store: Store, name: string) {
    this.store = store
    const add = store.query<[string, number], { id: number }>('score-file-add')
    this.file = guarded(store.path, () => add.get(name, Date.now())!.id)
  }

  write(rows: readonly ScoreRow[]): Written[] {
    return guarded(this.store.path, () =>
      this.store.db
        .transaction(() => {
          const targets = findTargets(this.store, rows)
          return rows.map((row, i) => this.put(row, targets[i]!))
        })
        .immediate(),
    )
  }

  /** Lets go of files of the same name all of whose scores this one gave too: it is they, once more. */
  supersede(): void {
    const { store, file } = this
    guarded(store.path, () =>
      store.db
        .transaction(() => {
          for (const { id } of store.query<[number], { id: number }>('score-files-superseded').all(file)) {
            store.query<[number], unknown>('score-file-delete').run(id)
            store.query<[number], unknown>('score-givers-delete').run(id)
          }
        })
        .immediate(),
    )
  }

  /** Remembers how far it came. */
  note(receipt: ScoreReceipt): void {
    const note = this.store.query<[string, number], unknown>('score-file-receipt')
    guarded(this.store.path, () => note.run(JSON.stringify(receipt), this.file))
  }

  private put(row: ScoreRow, target: Target | string): Written {
    if (typeof target === 'string') return { notFound: target }
    const { name, value = null, label = null, comment = null, source = null } = row
    const cells = [target.trace, target.span, target.session, name, value, label, comment, source] as const
    const key = hash('sha256', JSON.stringify(cells), 'base64')
    const times = (this.said.get(key) ?? 0) + 1
    this.said.set(key, times)
    const id = hash('sha256', `${key} ${times}`, 'buffer').subarray(0, 16)
    const added = this.store.query<unknown[], { id: number }>('given-score-add').get(id, ...cells)
    const score = added ?? this.store.query<[Buffer], { id: number }>('given-score-known').get(id)!
    this.store.query<number[], unknown>('score-giver-add').run(this.file, score.id)
    return added ? 'added' : 'known'
  }
}

/** The target of each row, or a sentence that says what the store does not have. */
function findTargets(store: Store, rows: readonly ScoreRow[]): (Target | string)[] {
  const traces = tracesOf(store, rows)
  const spans = spansOf(store, rows, traces)
  const requests = requestsOf(store, rows)
  const sessions = sessionsOf(store, rows)
  return rows.map(row => {
    const trace = row.trace === undefined ? undefined : traces.get(idOf(row.trace))
    if (row.span !== undefined) return spans(row) ?? missing('span', row.span)
    const request = row.request === undefined ? undefined : requests.get(hashResponseId(row.request))
    if (request) return request
    if (trace) return { trace: trace.key, span: 0, session: '' }
    if (row.session !== undefined && sessions.has(row.session)) return { trace: '', span: 0, session: row.session }
    if (row.request !== undefined) return missing('request', row.request)
    return row.trace === undefined ? missing('session', row.session!) : missing('trace', row.trace)
  })
}

function missing(what: string, id: string): string {
  return `The store has no ${what} ${id.length > 80 ? `${id.slice(0, 80).toWellFormed()}…` : id}.`
}

/** As ids are kept: one spelling of each. */
function idOf(written: string): string {
  return normalizeId(written)?.toWellFormed() ?? written
}

type Known = ReadonlyMap<string, { readonly id: number; readonly key: string }>

function tracesOf(store: Store, rows: readonly ScoreRow[]): Known {
  const find = store.query<[string], { id: number }>('trace-by-key')
  const found = new Map<string, { id: number; key: string }>()
  for (const { trace } of rows) {
    const key = trace === undefined ? undefined : idOf(trace)
    if (key === undefined || found.has(key)) continue
    // As it was written, where it was kept so.
    const known = [key, trace!].find(one => find.get(one))
    if (known !== undefined) found.set(key, { id: find.get(known)!.id, key: known })
  }
  return found
}

interface FoundSpan {
  readonly trace: number
  readonly key: string
  readonly tag: number
}

/** With its trace a span is looked for there; without, in all: where several have the id, none is meant. */
function spansOf(
  store: Store,
  rows: readonly ScoreRow[],
  traces: Known,
): (row: ScoreRow) => Target | string | undefined {
  const tags = [...new Set(rows.flatMap(({ span }) => (span === undefined ? [] : [spanTag(idOf(span))])))]
  if (tags.length === 0) return () => undefined
  const within = [
    ...new Set(
      rows.flatMap(({ span, trace }) =>
        span === undefined || trace === undefined ? [] : (traces.get(idOf(trace))?.id ?? []),
      ),
    ),
  ]
  const isAnywhere = rows.some(({ span, trace }) => span !== undefined && trace === undefined)
  const query = isAnywhere ? 'spans-tagged' : 'spans-tagged-within'
  const found = store
    .query<[object], FoundSpan>(query)
    .all({ tags: JSON.stringify(tags), ...(isAnywhere ? {} : { traces: JSON.stringify(within) }) })
  const byTag = new Map<number, FoundSpan[]>()
  for (const span of found) byTag.set(span.tag, [...(byTag.get(span.tag) ?? []), span])
  return ({ span, trace }) => {
    if (span === undefined) return undefined
    const at = trace === undefined ? undefined : traces.get(idOf(trace))
    if (trace !== undefined && !at) return missing('trace', trace)
    const those = (byTag.get(spanTag(idOf(span))) ?? []).filter(one => !at || one.trace === at.id)
    if (those.length > 1) return `${those.length} traces have a span ${span.slice(0, 80)}: say which (trace_id).`
    const [one] = those
    return one && { trace: one.key, span: one.tag, session: '' }
  }
}

/** By the provider's response id. */
function requestsOf(store: Store, rows: readonly ScoreRow[]): ReadonlyMap<number, Target> {
  const hashes = [...new Set(rows.flatMap(({ request }) => (request === undefined ? [] : [hashResponseId(request)])))]
  if (hashes.length === 0) return new Map()
  const found = store
    .query<[string], { key: string; tag: number; response: number }>('spans-of-responses')
    .all(JSON.stringify(hashes))
  return new Map(found.map(({ key, tag, response }) => [response, { trace: key, span: tag, session: '' }]))
}

function sessionsOf(store: Store, rows: readonly ScoreRow[]): ReadonlySet<string> {
  const names = [...new Set(rows.flatMap(({ session }) => session ?? []))]
  if (names.length === 0) return new Set()
  return new Set(
    store
      .query<[string], { s: string }>('sessions-named')
      .all(JSON.stringify(names))
      .map(({ s }) => s),
  )
}

interface StoredFile {
  readonly id: number
  readonly started: number
  readonly receipt: string
}

/** Files of scores, newest first. */
export function listScoreFiles(store: Store): { id: number; startedAt: number; receipt: ScoreReceipt }[] {
  const rows = store.query<[], StoredFile>('score-files').all()
  return rows.flatMap(({ id, started, receipt }) => {
    const read = parseReceipt(receipt)
    return read ? [{ id, startedAt: started, receipt: read }] : []
  })
}

/** Takes out what a file gave and no other did; answers how many scores went. */
export function removeScoreFile(store: Store, id: number): number | undefined {
  store.mustBeWritable()
  return guarded(store.path, () =>
    store.db
      .transaction(() => {
        if (store.query<[number], unknown>('score-file-delete').run(id).changes === 0) return undefined
        const gone = store.query<[object], unknown>('given-scores-delete').run({ file: id }).changes
        store.query<[number], unknown>('score-givers-delete').run(id)
        return gone
      })
      .immediate(),
  )
}

function parseReceipt(text: string): ScoreReceipt | undefined {
  try {
    const receipt = JSON.parse(text) as ScoreReceipt
    return receipt.notFound ? receipt : undefined
  } catch {
    return undefined
  }
}

import { InspectorError } from '../../shared/domain/errors.ts'
import { guarded } from './errors.ts'
import { Labels, Names, Traits } from './interned.ts'
import { KeptReader } from './kept.ts'
import { Lease } from './lease.ts'
import { rereadSpans } from './merge.ts'
import type { MergeTools } from './merge.ts'
import { moveTexts } from './move-texts.ts'
import { planMoves, Ranges } from './moves.ts'
import type { Moves } from './moves.ts'
import type { Store } from './open.ts'
import { forgetPrompts } from './prompts/state.ts'
import type { Reread } from './reread.ts'
import type { Cell } from './row-writer.ts'
import { renewRuns } from './span-runs.ts'
import { deriveDirty, deriveStored } from './stored-trace.ts'
import { sweep } from './sweep.ts'
import { removeColumns } from './table/kept-columns.ts'
import { indexPathOf, isFolder, removeIndexFile } from './text-index/schema.ts'

/**
 * Takes an import out: what is left is what the other imports alone would have given, in `--json` and in the digest. Its
 * texts are gone from the file, not only from its tables (`secure_delete`, and a checkpoint at the end). One transaction:
 * a process killed half-way leaves the store as it was.
 */
export function removeImport(store: Store, importId: number, options: { readonly reread: Reread }): void {
  removeImports(store, [importId], options)
}

/** Several at once. */
export function removeImports(store: Store, ids: readonly number[], options: { readonly reread: Reread }): void {
  store.mustBeWritable()
  const lease = new Lease(store)
  const tools = () => ({
    ...options,
    kept: new KeptReader(store),
    names: new Names(store),
    labels: new Labels(store),
    traits: new Traits(store),
  })
  guarded(store.path, () => {
    store.db.transaction(() => lease.take()).immediate()
    try {
      deriveDirty(store, tools(), () => lease.keep())
      // Derived, and the words of what leaves are in it: it is made anew of what stays. Before anything is removed, so that
      // a process killed in between leaves no word without its text.
      const index = indexPathOf(store.path)
      if (store.path !== ':memory:' && !isFolder(index)) removeIndexFile(index)
      if (store.path !== ':memory:') removeColumns(store.path)
      store.db
        .transaction(() => {
          lease.keep()
          for (const id of ids) remove(store, id, tools())
        })
        .immediate()
    } finally {
      lease.release()
    }
    store.checkpoint()
  })
}

function remove(store: Store, importId: number, tools: MergeTools): void {
  const known = store.query<[number], { id: number }>('import-exists').get(importId)
  if (!known) throw new InspectorError('store/no-such-import', `The store has no import ${importId}.`)
  // Made anew of what stays: texts that leave are in it.
  forgetPrompts(store)
  // What columns once said of these spans goes with them.
  store.query('reread-spans-delete').run()
  const leaving = new Ranges(store.query<[number], { first: number; n: number }>('import-ranges').all(importId))
  const traces = tracesOf(store, leaving)
  const moves = planMoves(store, importId, leaving)
  moveTexts(store, moves, leaving)
  const arrived = new Map<number, number[]>()
  const changed = moveSpans(store, leaving, moves, (trace, id) => {
    const ids = arrived.get(trace)
    if (ids) ids.push(id)
    else arrived.set(trace, [id])
  })
  for (const table of ['span', 'call', 'score', 'extra'] as const) {
    const rows = store.query<[number, number], unknown>(`${table}s-delete`)
    for (const { first, end } of leaving.list) rows.run(first, end)
  }
  for (const part of ['batches', 'files', 'import'])
    store.query<[number], unknown>(`import-delete-${part}`).run(importId)
  for (const trace of traces) renewRuns(store, trace, arrived.get(trace) ?? [])
  for (const span of changed) {
    const row = store.query<[number], { trace: number }>('span-trace').get(span)
    if (row) rereadSpans(store, row.trace, [span], tools)
  }
  for (const trace of traces) deriveStored(store, trace, tools)
  sweep(store)
}

function tracesOf(store: Store, leaving: Ranges): Set<number> {
  const traces = new Set<number>()
  const query = store.query<[number, number, number, number], { trace: number }>('traces-between')
  for (const { first, end } of leaving.list) {
    for (const { trace } of query.all(first, end, first, end)) traces.add(trace)
  }
  return traces
}

interface RecordRow {
  readonly id: number
  readonly context: number
  readonly place: number
  readonly hash: number
}

/**
 * Gives spans that lose some of their records, or whose records move, what they keep. Spans that lose all are left for
 * the deletion of whole ranges. `arrived` is told of spans with a new number. Returns the
 * spans whose records are no longer the same.
 */
function moveSpans(
  store: Store,
  leaving: Ranges,
  moves: Moves,
  arrived: (trace: number, id: number) => void,
): number[] {
  const changed: number[] = []
  for (const span of concerned(store, leaving, moves)) {
    const before = store.query<[number, number], RecordRow>('span-records').all(span, span)
    const after = before
      .filter(record => moves.has(record.id) || !leaving.has(record.id))
      .map(record => ({ ...record, ...moved(moves, record.id) }))
      .sort((a, b) => a.id - b.id)
    const first = after[0]
    if (!first) continue
    const { trace } = store.query<[number], { trace: number }>('span-trace').get(span)!
    store.query<[number], unknown>('extras-of-span-delete').run(span)
    store.query<number[], unknown>('span-move').run(first.id, first.context, first.place, first.hash, span)
    if (first.id !== span) {
      arrived(trace, first.id)
      store.query<number[], unknown>('call-move').run(first.id, span)
      store.query<number[], unknown>('scores-move').run(first.id, span)
    }
    const add = store.query<Cell[], unknown>('extra-add')
    for (const { id, context, place, hash } of after.slice(1)) add.run(id, first.id, trace, context, place, hash)
    // One record that moved says what it said. Several are read again when their trace is derived.
    if (before.length > 1 && after.length === 1) changed.push(first.id)
  }
  return changed
}

function moved(moves: Moves, record: number): Partial<RecordRow> {
  const to = moves.get(record)
  return to ? { id: to.id, place: to.place } : {}
}

/** Spans with a record that moves, and spans of several records one of which leaves. */
function concerned(store: Store, leaving: Ranges, moves: Moves): Set<number> {
  const spans = new Set<number>()
  const spanOf = store.query<[number, number], { span: number }>('span-of-record')
  for (const record of moves.keys()) {
    const row = spanOf.get(record, record)
    if (row) spans.add(row.span)
  }
  const shared = store.query<number[], { span: number }>('spans-of-several')
  for (const { first, end } of leaving.list) for (const { span } of shared.all(first, end, first, end)) spans.add(span)
  return spans
}

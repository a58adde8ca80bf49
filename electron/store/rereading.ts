import type { FieldChange, RereadingResult } from '../../shared/contract/rereading.ts'
import { InspectorError } from '../../shared/domain/errors.ts'
import { guarded } from './errors.ts'
import { Labels, Names, Traits } from './interned.ts'
import { KeptReader } from './kept.ts'
import { Lease } from './lease.ts'
import { differences, meaningOf, readMeanings, writeMeaning, type Meaning, type StoredMeaning } from './meaning.ts'
import type { MergeTools } from './merge.ts'
import type { Store } from './open.ts'
import type { Reread } from './reread.ts'
import { canUndo, contentsOf, lastRow } from './rereading-status.ts'
import { deriveDirty } from './stored-trace.ts'

// Reading every kept record again, by rules that are newer than those that filled the columns.

export interface RereadingOptions {
  readonly reread: Reread
  /** Names the rules of this build. */
  readonly rules: string
  readonly dryRun: boolean
  readonly progress?: (progress: { looked: number; total: number; changed: number }) => void
  /** Asked between pages. */
  readonly isStopped?: () => boolean
}

const page = 500
const mostExamples = 3
const longest = 200

/**
 * Reads every span again and writes those whose columns change, a page a transaction; what they said before is kept for
 * undoing. Lets others have a turn between pages. With `dryRun` nothing is written.
 */
export async function rereadStore(store: Store, options: RereadingOptions): Promise<RereadingResult> {
  const { dryRun, rules, progress, isStopped = () => false } = options
  if (!dryRun) store.mustBeWritable()
  const lease = new Lease(store)
  const tools: MergeTools = {
    reread: options.reread,
    kept: new KeptReader(store),
    names: new Names(store),
    labels: new Labels(store),
    traits: new Traits(store),
  }
  const total = store.query<[], { spans: number }>('span-count').get()!.spans
  const tally = new Tally()
  let id = 0
  const save = (state: string): void => {
    const { looked, changed, changes } = tally.result()
    const contents = state === 'running' ? '' : contentsOf(store)
    store
      .query<(string | number)[], unknown>('rereading-update')
      .run(state, looked, changed, JSON.stringify(changes), contents, id)
  }
  const step = (after: number): number => {
    const spans = readMeanings(store, after, page)
    for (const was of spans) {
      const is = readAgain(tools, was.id)
      if (is && was.isUntold && !dryRun) {
        const trait = tools.traits.id(typeof is.span.traits === 'string' ? is.span.traits : undefined)
        store.query<[number, number], unknown>('span-told').run(trait, was.id)
      }
      const found = is ? differences(was.isUntold ? told(was, is) : was, is) : []
      tally.add(was, found)
      if (!is || found.length === 0 || dryRun) continue
      store
        .query<[number, string], unknown>('reread-span-add')
        .run(was.id, JSON.stringify(pickMeaning(was.isUntold ? told(was, is) : was)))
      writeMeaning(store, was.id, was.trace, is, tools)
      store.query<[number], unknown>('trace-due').run(was.trace)
    }
    return spans.length < page ? 0 : spans.at(-1)!.id
  }
  const write = <T>(work: () => T): T => guarded(store.path, () => store.db.transaction(work).immediate())
  if (!dryRun) {
    write(() => {
      lease.take()
      store.query('reread-spans-delete').run()
      id = Number(store.query<[number, string], unknown>('rereading-add').run(Date.now(), rules).lastInsertRowid)
    })
  }
  try {
    let after = 0
    do {
      after = dryRun
        ? store.snapshot(() => step(after))
        : write(() => {
            lease.keep()
            const next = step(after)
            save('running')
            return next
          })
      progress?.({ looked: tally.looked, total, changed: tally.changed })
      await new Promise(resolve => setImmediate(resolve))
    } while (after > 0 && !isStopped())
    if (!dryRun) {
      const isWhole = after === 0
      deriveDirty(store, tools, () => lease.keep())
      write(() => {
        lease.keep()
        if (isWhole) store.query<[string], unknown>('imports-rules').run(rules)
        save(isWhole ? 'complete' : 'partial')
      })
    }
  } finally {
    if (!dryRun) lease.release()
  }
  return tally.result()
}

/** Puts back what the last reading again changed. Answers how many spans that were. */
export function undoRereading(store: Store, options: { readonly reread: Reread }): number {
  store.mustBeWritable()
  const last = lastRow(store)
  if (!last || !canUndo(store, last)) {
    throw new InspectorError(
      'store/nothing-to-undo',
      'There is nothing to undo: the store was not read again, or it was imported to or taken from since.',
    )
  }
  const lease = new Lease(store)
  const tools = {
    ...options,
    kept: new KeptReader(store),
    names: new Names(store),
    labels: new Labels(store),
    traits: new Traits(store),
  }
  return guarded(store.path, () => {
    let spans = 0
    try {
      store.db
        .transaction(() => {
          lease.take()
          const read = store.query<[number, number], { span: number; before: string }>('reread-spans')
          for (let after = 0; ;) {
            const rows = read.all(after, page)
            for (const { span, before } of rows) {
              const at = store.query<[number], { trace: number }>('span-trace').get(span)
              if (!at) continue
              writeMeaning(store, span, at.trace, JSON.parse(before) as Meaning, tools)
              store.query<[number], unknown>('trace-due').run(at.trace)
              spans++
            }
            if (rows.length < page) break
            after = rows.at(-1)!.span
          }
          store.query('reread-spans-delete').run()
          store.query<[number], unknown>('rereading-delete').run(last.id)
          // Older rules read it all again.
          store.query<[null], unknown>('imports-rules').run(null)
        })
        .immediate()
      deriveDirty(store, tools, () => lease.keep())
    } finally {
      lease.release()
    }
    return spans
  })
}

/** A record that this build cannot read leaves its span as it is. */
function readAgain({ reread, kept }: MergeTools, span: number): Meaning | undefined {
  try {
    return meaningOf(reread(kept.read(span)))
  } catch {
    return undefined
  }
}

/** What is asked for the first time is no change. */
function told<M extends Meaning>(was: M, { span }: Meaning): M {
  return { ...was, span: { ...was.span, traits: span.traits } }
}

function pickMeaning({ span, call, scores }: Meaning): Meaning {
  return { span, call, scores }
}

/** Counts what changes, field by field. */
class Tally {
  looked = 0
  changed = 0
  private readonly fields = new Map<string, { spans: number; readonly examples: FieldChange['examples'][number][] }>()

  add(was: StoredMeaning, found: ReturnType<typeof differences>): void {
    this.looked++
    if (found.length > 0) this.changed++
    for (const { field, before, after } of found) {
      let entry = this.fields.get(field)
      if (!entry) this.fields.set(field, (entry = { spans: 0, examples: [] }))
      entry.spans++
      if (entry.examples.length >= mostExamples) continue
      entry.examples.push({
        span: was.id,
        traceId: was.traceId,
        name: cut(was.span.name) ?? '',
        ...(before === null ? {} : { before: cut(before)! }),
        ...(after === null ? {} : { after: cut(after)! }),
      })
    }
  }

  result(): RereadingResult {
    const changes = [...this.fields].map(([field, { spans, examples }]) => ({ field, spans, examples }))
    return { looked: this.looked, changed: this.changed, changes: changes.sort((a, b) => b.spans - a.spans) }
  }
}

function cut(value: string | number | null): string | undefined {
  return value === null ? undefined : String(value).slice(0, longest).toWellFormed()
}

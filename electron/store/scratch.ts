import Database from 'better-sqlite3'
import { Contexts, labelFields, Labels, Names, Traits, type Label } from './interned.ts'
import { Store } from './open.ts'
import { applicationId, migrate } from './schema.ts'

/** The store that a scratch store stands in front of. Rows from these numbers on are none of its business. */
export interface Behind {
  readonly store: Store
  readonly nextRecord: number
  readonly nextTrace: number
}

/**
 * An empty store in front of another, for what an import would do to it: nothing is written there. Numbers go on from
 * the other's, its texts count as known, and a trace is copied over when a record of it arrives, so that what would be
 * merged is merged here. It lives in memory; past the size of the cache its pages go to a file without a name.
 */
export function openScratch(behind: Store): Store {
  const db = new Database('')
  try {
    db.pragma(`application_id = ${applicationId}`)
    db.pragma('cache_size = -65536')
    db.pragma('synchronous = OFF')
    migrate(db)
    const { next: nextRecord } = behind.query<[], { next: number }>('next-record').get()!
    const { next: nextTrace } = behind.query<[], { next: number }>('next-trace').get()!
    return new Store(db, behind.path, false, false, { store: behind, nextRecord, nextTrace })
  } catch (error) {
    db.close()
    throw error
  }
}

type Row = Record<string, number | string | null>

/** Columns that are ids of names. */
const names: Readonly<Record<string, readonly string[]>> = {
  trace: ['name', 'session', 'user', 'environment', 'release', 'application'],
  span: ['name'],
  span_run: [],
  extra: [],
  call: ['model', 'provider', 'prompt', 'prompt_version'],
  score: [],
}

/** Brings a trace into a scratch store, if the store behind has it. Undefined where it has none. */
export function copyTrace(into: Store, key: string): { id: number } | undefined {
  const { behind } = into
  return behind?.store.snapshot(() => new TraceCopy(into, behind).copy(key))
}

class TraceCopy {
  private readonly into: Store
  private readonly from: Store
  private readonly behind: Behind
  private readonly names: Names
  private readonly labels: Labels
  private readonly contexts: Contexts
  private readonly traits: Traits

  constructor(into: Store, behind: Behind) {
    this.into = into
    this.behind = behind
    this.from = behind.store
    this.names = new Names(into)
    this.labels = new Labels(into)
    this.contexts = new Contexts(into)
    this.traits = new Traits(into)
  }

  copy(key: string): { id: number } | undefined {
    const { nextRecord, nextTrace } = this.behind
    const trace = this.rows('trace', 'key = ? AND id < ?', key, nextTrace)[0] as { id: number } | undefined
    if (!trace) return undefined
    this.insert('trace', [trace])
    // Runs tell where its rows lie; none reaches from one import into the next.
    const runs = this.rows('span_run', 'trace = ? AND first < ?', trace.id, nextRecord)
    this.insert('span_run', runs)
    for (const table of ['span', 'call']) {
      for (const { first, n } of runs) {
        const [from, end] = [Number(first), Number(first) + Number(n)]
        this.insert(table, this.rows(table, 'id >= ? AND id < ? AND trace = ?', from, end, trace.id))
      }
    }
    this.insert('extra', this.rows('extra', 'trace = ? AND id < ?', trace.id, nextRecord))
    this.insert('score', this.rows('score', 'trace = ? AND span < ?', trace.id, nextRecord))
    return trace
  }

  private rows(table: string, where: string, ...values: (string | number)[]): Row[] {
    return this.from.statement<(string | number)[], Row>(`SELECT * FROM ${table} WHERE ${where}`).all(...values)
  }

  private insert(table: string, rows: readonly Row[]): void {
    const [first] = rows
    if (!first) return
    const columns = Object.keys(first)
    const add = this.into.statement<(string | number | null)[], unknown>(
      `INSERT INTO ${table}(${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
    )
    for (const row of rows) {
      for (const column of names[table] ?? []) row[column] = this.name(row[column])
      if ('label' in row && typeof row['label'] === 'number') row['label'] = this.label(row['label'])
      if (typeof row['trait'] === 'number') row['trait'] = this.trait(row['trait'])
      if ('context' in row) row['context'] = this.context(row['context'])
      add.run(...columns.map(column => row[column] ?? null))
    }
  }

  private name(id: unknown): number {
    if (typeof id !== 'number' || id === 0) return 0
    return this.names.id(this.from.query<[number], { s: string }>('name-read').get(id)?.s)
  }

  private label(id: number): number {
    const label = this.from.query<[number], Label>('label-read').get(id)
    if (!label) return 0
    const mapped = labelFields.map(field => [field, this.name(label[field])])
    return this.labels.id(Object.fromEntries(mapped) as Label)
  }

  private trait(id: number): number {
    return this.traits.id(this.from.query<[number], { text: string }>('trait-read').get(id)?.text)
  }

  private context(id: unknown): number {
    const found = this.rows('context', 'id = ?', Number(id))[0]
    return found ? this.contexts.id(String(found['format']), String(found['text'])) : 0
  }
}

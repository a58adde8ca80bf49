import { hash } from 'node:crypto'
import type { Statement } from 'better-sqlite3'
import type { Store } from './open.ts'

/** Names are an index of what the kept record says in full; nothing that long is a name. */
const longestName = 1000
const mostLatest = 1000

/** The `name` table: looked up once for each distinct string of an import, so that no Map of all strings is needed. */
export class Names {
  /** Names used last. */
  private readonly latest = new Map<string, number>()
  private readonly find: Statement<[string], { id: number }>
  private readonly add: Statement<[string]>

  constructor(store: Store) {
    this.find = store.query('name-id')
    this.add = store.query('name-add')
  }

  /** Row id of a string, added when new; 0 for an empty or absent one. */
  id(text: string | undefined): number {
    if (!text) return 0
    const known = this.latest.get(text)
    if (known !== undefined) return known
    const id = this.rowOf(cutName(text))
    if (this.latest.size >= mostLatest) this.latest.clear()
    this.latest.set(text, id)
    return id
  }

  private rowOf(name: string): number {
    // Most strings of an import are new, and then this is the only statement.
    const { changes, lastInsertRowid } = this.add.run(name)
    return changes > 0 ? Number(lastInsertRowid) : this.find.get(name)!.id
  }
}

/** A string as the table holds it. */
export function cutName(text: string): string {
  return text.length > longestName ? text.slice(0, longestName).toWellFormed() : text
}

/** What a span says about its whole trace: name ids, 0 for none. */
export interface Label {
  readonly traceName: number
  readonly session: number
  readonly user: number
  readonly environment: number
  readonly release: number
  readonly application: number
  readonly feature: number
  readonly tenant: number
}

export const labelFields = [
  'traceName',
  'session',
  'user',
  'environment',
  'release',
  'application',
  'feature',
  'tenant',
] as const
const noLabel = Object.fromEntries(labelFields.map(field => [field, 0])) as unknown as Label

const none = labelFields.map(() => 0).join()

/** The `label` table. 0 stands for "says nothing". */
export class Labels {
  private readonly ids = new Map<string, number>()
  private readonly labels = new Map<number, Label>([[0, noLabel]])
  /** Spans of one trace tend to say the same. */
  private last = { label: noLabel, id: 0 }
  private readonly find: Statement<number[], { id: number }>
  private readonly add: Statement<number[]>
  private readonly read: Statement<[number], Label>

  constructor(store: Store) {
    this.find = store.query('label-id')
    this.add = store.query('label-add')
    this.read = store.query('label-read')
  }

  id(label: Label): number {
    if (labelFields.every(field => label[field] === this.last.label[field])) return this.last.id
    const values = labelFields.map(field => label[field])
    const key = values.join()
    let id = key === none ? 0 : this.ids.get(key)
    if (id === undefined) {
      id = this.find.get(...values)?.id ?? Number(this.add.run(...values).lastInsertRowid)
      this.ids.set(key, id)
      this.labels.set(id, label)
    }
    this.last = { label, id }
    return id
  }

  get(id: number): Label {
    let label = this.labels.get(id)
    if (!label) {
      label = this.read.get(id) ?? noLabel
      this.labels.set(id, label)
    }
    return label
  }
}

/** The `trait` table: what a span says that many others say too, as text. 0 stands for nothing. */
export class Traits {
  private readonly latest = new Map<string, number>()
  private readonly find: Statement<[string], { id: number }>
  private readonly add: Statement<[string]>

  constructor(store: Store) {
    this.find = store.query('trait-id')
    this.add = store.query('trait-add')
  }

  id(text: string | undefined): number {
    if (!text) return 0
    let id = this.latest.get(text)
    if (id !== undefined) return id
    id = this.find.get(text)?.id ?? Number(this.add.run(text).lastInsertRowid)
    if (this.latest.size >= mostLatest) this.latest.clear()
    this.latest.set(text, id)
    return id
  }
}

/** The `context` table: spans that share a resource and scope share one row, over all imports. */
export class Contexts {
  private readonly find: Statement<[Buffer], { id: number }>
  private readonly add: Statement<[string, string, Buffer]>

  constructor(store: Store) {
    this.find = store.query('context-id')
    this.add = store.query('context-add')
  }

  id(format: string, text: string): number {
    const digest = hash('sha256', `${format}\0${text}`, 'buffer').subarray(0, 16)
    const found = this.find.get(digest)
    return found ? found.id : Number(this.add.run(format, text, digest).lastInsertRowid)
  }
}

import { createHash } from 'node:crypto'
import type Database from 'better-sqlite3'
import type { Store } from '../open.ts'

/** How far an index has come, and of which store and rules it speaks. Written in the transactions that bring the texts. */
export interface IndexState {
  /** Names the rules by which records were read. */
  readonly rules: string
  /** When the store was made, in milliseconds. */
  readonly made: number
  /** The imports it has seen: an id is never given twice. */
  readonly imports: readonly (readonly [id: number, started: number])[]
  /** Records up to this number are in. */
  readonly record: number
  /** The block that held it, and a hash of what it held. */
  readonly block: number
  readonly hash: string
  /** Numbers of texts that were given. */
  readonly texts: number
  readonly generation: number
  /** The generation of which the commonest words are known. */
  readonly common: number
  /** Runs of bytes that were passed over. */
  readonly blobs: number
}

export function readState(db: Database.Database): IndexState | undefined {
  const row = db.prepare<[], { value: string }>("SELECT value FROM state WHERE key = 'state'").get()
  return row && (JSON.parse(row.value) as IndexState)
}

export function writeState(db: Database.Database, state: IndexState): void {
  db.prepare("INSERT OR REPLACE INTO state VALUES ('state', ?)").run(JSON.stringify(state))
}

export function emptyState(store: Store, rules: string): IndexState {
  const made = madeAt(store)
  return {
    rules,
    made,
    imports: [],
    record: 0,
    block: 0,
    hash: '',
    texts: 0,
    generation: 0,
    common: -1,
    blobs: 0,
  }
}

/** What is said of the store beside a watermark. */
export function fingerprint(store: Store, record: number): Pick<IndexState, 'imports' | 'block' | 'hash'> {
  const block = blockOf(store, record)
  return { imports: importsOf(store), block: block?.first ?? 0, hash: block ? hashOf(block.data) : '' }
}

/**
 * Whether an index tells of this store as it is: made by the same rules, of a store that has lost nothing since. A removed
 * import, an older copy of the file and another file all show.
 */
export function isOf(
  state: Pick<IndexState, 'rules' | 'made' | 'imports' | 'record' | 'block' | 'hash'>,
  store: Store,
  rules: string | undefined,
): boolean {
  if ((rules !== undefined && state.rules !== rules) || state.made !== madeAt(store)) return false
  const imports = new Map(importsOf(store))
  if (state.imports.some(([id, started]) => imports.get(id) !== started)) return false
  if (state.record === 0) return true
  const block = blockOf(store, state.record)
  return block !== undefined && block.first === state.block && hashOf(block.data) === state.hash
}

/** When the store was made, in milliseconds. */
export function madeAt(store: Store): number {
  return store.statement<[], { at: number }>('SELECT min(applied) AS at FROM migration').get()!.at
}

function importsOf(store: Store): [number, number][] {
  return store.statement<[], [number, number]>('SELECT id, started FROM import ORDER BY id').raw().all()
}

interface Block {
  readonly first: number
  readonly data: Buffer
}

function blockOf(store: Store, record: number): Block | undefined {
  const text = 'SELECT first, data FROM record_block WHERE first <= ? ORDER BY first DESC LIMIT 1'
  return store.statement<[number], Block>(text).get(record)
}

function hashOf(data: Buffer): string {
  return createHash('sha256').update(data).digest('base64url').slice(0, 22)
}

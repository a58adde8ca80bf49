import type { FileReceipt, ImportReceipt } from '../../shared/domain/receipt.ts'
import { decodeClaims } from './claims.ts'
import type { Claim } from './claims.ts'
import { Columns } from './columns.ts'
import type { Store } from './open.ts'
import { decodeIds } from './runs.ts'

/** What a file is recognised by when it comes again, and what its reading depended on besides. */
export interface FileIdentity {
  /** Of its bytes, made with the key of the store. */
  readonly hash: Uint8Array
  readonly rules: string
  /** Names what was known of unknown rows; '' where it has none. */
  readonly mappings: string
  /** Ids were made for its records, which depend on the files before it. */
  readonly alone: boolean
}

const shape = { record: Uint32Array, span: Uint32Array, trace: Uint32Array, place: Float64Array } as const

/** All that an earlier import has of a file, in the order in which reading it again would find it. */
export interface Repeat {
  readonly identity: FileIdentity
  readonly receipt: FileReceipt
  readonly records: Columns<typeof shape>
  readonly bodies: Uint32Array
}

/** The key of the store, which a scratch store has from the one behind it. Absent as long as no file is remembered. */
export function fileKey(store: Store): string | undefined {
  return (store.behind?.store ?? store).query<[], { value: string }>('file-key').get()?.value
}

/** Whether a file of this size was remembered: else there is no use in hashing one. */
export function mayBeRepeated(store: Store, bytes: number, rules: string): boolean {
  const found = (store.behind?.store ?? store)
    .query<[number, string], { id: number }>('files-of-size')
    .get(bytes, rules)
  return found !== undefined
}

interface Alike {
  readonly id: number
  readonly mappings: string
  readonly alone: number
  readonly receipt: string
  readonly place: number
}

/**
 * What an earlier import has of the same file. Undefined where there is none, or where what is there is not to the record
 * what was read then: it counts as many spans and traces as its receipt says. Records from `end` on are nobody's yet.
 */
export function findRepeat(store: Store, bytes: number, file: FileIdentity, end: number): Repeat | undefined {
  const from = store.behind?.store ?? store
  return from.snapshot(() => {
    const { hash, rules, mappings, alone } = file
    const found = from.query<[number, Uint8Array, string, string, number], Alike>('files-alike')
    for (const { id, receipt: text, place, ...depends } of found.all(bytes, hash, rules, mappings, Number(alone))) {
      const receipt = receiptOf(text, place)
      const records = receipt && readRecords(from, id, receipt, end)
      if (!records) continue
      const identity = { hash, rules, mappings: depends.mappings, alone: depends.alone === 1 }
      return { identity, receipt, ...records }
    }
    return undefined
  })
}

function receiptOf(text: string, place: number): FileReceipt | undefined {
  try {
    const file = (JSON.parse(text) as Partial<ImportReceipt> | null)?.files?.[place]
    return file && !file.failure && Array.isArray(file.unreadFields) ? file : undefined
  } catch {
    return undefined
  }
}

interface BatchRow {
  readonly first: number
  readonly n: number
  readonly bodies: Buffer
  readonly claims: Buffer
}

interface RecordRow {
  readonly id: number
  readonly span: number
  readonly trace: number
  readonly place: number
}

type Records = Pick<Repeat, 'records' | 'bodies'>

function readRecords(store: Store, file: number, receipt: FileReceipt, end: number): Records | undefined {
  const between = store.query<[number, number, number, number], RecordRow>('records-between')
  const rows = (first: number, to: number): RecordRow[] => between.all(first, to, first, to)
  const records = new Columns(shape)
  const bodies = new Set<number>()
  const [spans, traces] = [new Set<number>(), new Set<number>()]
  for (const batch of store.query<[number], BatchRow>('file-batches').all(file)) {
    decodeIds(batch.bodies, (first, length) => {
      for (let id = first; id < first + length; id++) bodies.add(id)
    })
    const own = rows(batch.first, batch.first + batch.n).map(row => ({ ...row, number: row.id }))
    for (const run of runsOf(decodeClaims(batch.claims))) {
      const { record } = run[0]!
      const known = rows(record, record + run.length)
      if (known.length !== run.length) return undefined
      for (const [i, row] of known.entries()) own.push({ ...row, number: run[i]!.id, place: run[i]!.place })
    }
    for (const row of own.sort((a, b) => a.number - b.number)) {
      if (row.id >= end) return undefined
      spans.add(row.span)
      traces.add(row.trace)
      const i = records.add()
      records.at.record[i] = row.id
      records.at.span[i] = row.span
      records.at.trace[i] = row.trace
      records.at.place[i] = row.place
    }
  }
  if (spans.size !== receipt.spans || traces.size !== receipt.traces) return undefined
  return { records, bodies: Uint32Array.from(bodies) }
}

/** Claims of records that follow one another. */
function* runsOf(claims: readonly Claim[]): Generator<Claim[]> {
  for (let from = 0; from < claims.length;) {
    let to = from + 1
    while (to < claims.length && claims[to]!.record === claims[to - 1]!.record + 1) to++
    yield claims.slice(from, to)
    from = to
  }
}

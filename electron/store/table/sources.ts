import { decodeClaims } from '../claims.ts'
import { importNames } from '../import-names.ts'
import { provideFunctions } from '../search/functions.ts'
import { most, type Coded } from './coded.ts'
import type { Table } from './table.ts'

/** Number of its first record, how many it has, and what brought it. */
type Batch = readonly [first: number, n: number, of: number]

/** The file of each span's first record. */
export function sourceCodes({ store, layout }: Table): Coded {
  const batches = store.statement<[], Batch>('SELECT first, n, file FROM batch ORDER BY first').raw().all()
  const paths = new Map(store.statement<[], [number, string]>('SELECT id, path FROM file').raw().all())
  const codes = firstRecords(batches, layout.id)
  return { codes, size: most(codes) + 1, none: 0, decode: file => paths.get(file) ?? '' }
}

/** The imports that brought each span: those of all its records, also where they found them here. */
export function importCodes({ store, layout }: Table): Coded {
  provideFunctions(store)
  const names = new Map(store.statement<[], [number, string]>(importNames).raw().all())
  const batches = store.statement<[], Batch>('SELECT first, n, import FROM batch ORDER BY first').raw().all()
  const sets = new Sets()
  const codes = firstRecords(batches, layout.id).map(one => sets.with(0, one))
  const spanOf = new Map(store.statement<[], [number, number]>('SELECT id, span FROM extra').raw().all())
  const add = (record: number, one: number): void => {
    const row = (layout.rowOf[spanOf.get(record) ?? record] ?? 0) - 1
    if (row >= 0) codes[row] = sets.with(codes[row]!, one)
  }
  for (const record of spanOf.keys()) add(record, batchOf(batches, record)?.[2] ?? 0)
  const claiming = "SELECT import, claims FROM batch WHERE claims <> x''"
  for (const [one, claims] of store.statement<[], [number, Buffer]>(claiming).raw().iterate()) {
    for (const { record } of decodeClaims(claims)) add(record, one)
  }
  const decode = (one: number) => names.get(one) ?? ''
  return { codes, parts: sets.all, size: Math.max(0, ...names.keys()) + 1, none: -1, decode }
}

/** What brought each record; 0 where no batch holds it. */
function firstRecords(batches: readonly Batch[], records: Uint32Array): Uint32Array {
  let batch: Batch | undefined
  return records.map(record => {
    // Spans of a trace mostly come in one batch.
    if (!batch || record < batch[0] || record >= batch[0] + batch[1]) batch = batchOf(batches, record)
    return batch ? batch[2] : 0
  })
}

function batchOf(batches: readonly Batch[], record: number): Batch | undefined {
  let [from, to] = [0, batches.length]
  while (from < to) {
    const middle = (from + to) >>> 1
    if (batches[middle]![0] <= record) from = middle + 1
    else to = middle
  }
  const found = batches[from - 1]
  return found && record < found[0] + found[1] ? found : undefined
}

/** Sets of numbers by numbers of their own; 0 is the empty one, as is what is added to nothing. */
class Sets {
  readonly all: number[][] = [[]]
  private readonly numbers = new Map<string, number>([['', 0]])
  private readonly grown = new Map<string, number>()

  with(set: number, one: number): number {
    if (one === 0) return set
    const key = `${set} ${one}`
    let made = this.grown.get(key)
    if (made === undefined) {
      const those = [...new Set([...this.all[set]!, one])].sort((a, b) => a - b)
      made = this.numbers.get(those.join()) ?? this.all.push(those) - 1
      this.numbers.set(those.join(), made)
      this.grown.set(key, made)
    }
    return made
  }
}

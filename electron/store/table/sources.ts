import { most, type Coded } from './coded.ts'
import type { Table } from './table.ts'

/** Number of its first record, how many it has, and its file. */
type Batch = readonly [first: number, n: number, file: number]

/** The file of each span's first record. */
export function sourceCodes({ store, layout }: Table): Coded {
  const batches = store.statement<[], Batch>('SELECT first, n, file FROM batch ORDER BY first').raw().all()
  const paths = new Map(store.statement<[], [number, string]>('SELECT id, path FROM file').raw().all())
  const codes = new Uint32Array(layout.id.length)
  let batch: Batch | undefined
  for (let row = 0; row < codes.length; row++) {
    const record = layout.id[row]!
    // Spans of a trace mostly come in one batch.
    if (!batch || record < batch[0] || record >= batch[0] + batch[1]) batch = batchOf(batches, record)
    codes[row] = batch ? batch[2] : 0
  }
  return { codes, size: most(codes) + 1, none: 0, decode: file => paths.get(file) ?? '' }
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

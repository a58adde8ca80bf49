import { openStore } from '../../electron/store/open.ts'
import type { Store } from '../../electron/store/open.ts'
import { StoreWriter } from '../../electron/store/writer.ts'
import type { Finished } from '../../electron/store/writer.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import { Parser, reread } from './batches.ts'
import type { Said } from './batches.ts'

/** A store in a folder of its own that goes with it: `using store = freshStore()`. */
export function freshStore(): Store & Disposable {
  const folder = temporaryFolder()
  const store = openStore(folder.file('test.spanwise'), { create: true })
  return Object.assign(store, {
    [Symbol.dispose]() {
      store.close()
      folder[Symbol.dispose]()
    },
  })
}

/** A store that is no file. */
export function memoryStore(): Store & Disposable {
  const store = openStore(':memory:')
  return Object.assign(store, { [Symbol.dispose]: () => store.close() })
}

export interface Imported extends Finished {
  readonly id: number
}

export interface ImportOptions {
  /** Records a batch. */
  readonly batch?: number
  /** Ends the transaction after each batch, as a slow parser does. */
  readonly cut?: boolean
  readonly path?: string
}

export function importFile(store: Store, records: readonly Said[], options: ImportOptions = {}): Imported {
  const { batch = 1000, cut = false, path = '/dumps/a.jsonl' } = options
  const writer = new StoreWriter(store, { reread, ...(cut ? { spansPerTransaction: 1 } : {}) })
  const parser = new Parser(writer.seed())
  const id = writer.beginImport([{ path, bytes: 0 }])
  writer.beginFile(0)
  const lines = records.map((said, i) => ({ line: i + 1, ...said }))
  for (let from = 0; from < lines.length; from += batch) {
    writer.write(parser.batch(lines.slice(from, from + batch)))
  }
  writer.endFile()
  return { id, ...writer.finish('complete') }
}

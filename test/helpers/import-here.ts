import { runImport } from '../../electron/import/run-import.ts'
import { openStore } from '../../electron/store/open.ts'
import type { ImportReceipt } from '../../shared/domain/receipt.ts'

/** Imports a file, or these pieces of one as if somebody sent them, in this process: the product's own takes its time to start. */
export async function importHere(store: string, path: string, pieces?: Iterator<Uint8Array>): Promise<ImportReceipt> {
  const open = openStore(store, { create: true })
  try {
    const next = pieces && (() => Promise.resolve(pieces.next().value as Uint8Array | undefined))
    return await runImport(open, [next ? { path, next } : { path }])
  } finally {
    open.close()
  }
}

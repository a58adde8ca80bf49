import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { exportStore } from '../../electron/export/export.ts'
import { runImport } from '../../electron/import/run-import.ts'
import { openStore, type Store } from '../../electron/store/open.ts'
import type { ExportFormat } from '../../shared/contract/exports.ts'
import type { ImportReceipt } from '../../shared/domain/receipt.ts'
import type { TemporaryFolder } from '../helpers/temporary-folder.ts'

export function newStore(folder: TemporaryFolder, name: string): Store {
  return openStore(folder.file(`${name}.spanwise`), { create: true })
}

export function importAll(store: Store, ...files: readonly string[]): Promise<ImportReceipt> {
  return runImport(
    store,
    files.map(file => ({ path: file })),
  )
}

export function textOf(store: Store, format: ExportFormat, traces?: readonly number[]): string {
  return [...exportStore(store, format, traces ? { traces } : {})].map(({ text }) => text).join('')
}

/** The path of a file that holds an export. */
export function exported(
  folder: TemporaryFolder,
  store: Store,
  format: ExportFormat,
  traces?: readonly number[],
): string {
  const file = folder.file(`${path.basename(store.path)}.${format}`)
  writeFileSync(file, textOf(store, format, traces))
  return file
}

import type { ImportReceipt } from '../../shared/domain/receipt.ts'
import type { PreviewSpan } from '../../shared/contract/imports.ts'
import type { Store } from '../store/open.ts'
import { previewSpans } from '../store/preview.ts'
import { openScratch } from '../store/scratch.ts'
import { runImport, type ImportFile, type ImportOptions } from './run-import.ts'

export interface Checked {
  readonly receipt: ImportReceipt
  readonly preview: PreviewSpan[]
}

/** What an import into this store would say, and the first traces it would show. Writes nothing to it. */
export async function checkImport(
  store: Store,
  files: readonly ImportFile[],
  options: Omit<ImportOptions, 'began'> = {},
): Promise<Checked> {
  const scratch = openScratch(store)
  try {
    const receipt = await runImport(scratch, files, options)
    const only = options.firstBytes === undefined ? {} : { onlyFirstBytes: options.firstBytes }
    return { receipt: { ...receipt, dryRun: true, ...only }, preview: previewSpans(scratch) }
  } finally {
    scratch.close()
  }
}

import type { ImportRow } from '../../../shared/contract/imports.ts'
import type { ImportReceipt } from '../../../shared/domain/receipt.ts'
import { formatPlural } from '../../../shared/format/numbers.ts'

export type ImportState = ImportRow['state']

/** How an import went, in one line. */
export function outcomeTitle(state: ImportState, receipt: ImportReceipt | undefined): string {
  const totals = receipt?.totals
  if (state === 'running') return 'Importing'
  if (state === 'failed' || !totals) return state === 'partial' ? 'Import stopped' : 'Nothing could be imported'
  const read = `${formatPlural(totals.spans, 'span')} in ${formatPlural(totals.traces, 'trace')}`
  if (state === 'partial') return `Import stopped after ${read}`
  if (totals.spans > 0 && totals.added === 0) return `Nothing new: the store had all of ${read}`
  const failed = receipt.files.filter(file => file.failure).length
  return failed > 0 ? `Imported ${read}; ${formatPlural(failed, 'file')} not read` : `Imported ${read}`
}

/** Came to its end, and left something behind. */
export function isDoubtful(receipt: ImportReceipt | undefined): boolean {
  return receipt !== undefined && (receipt.totals.unreadable > 0 || receipt.files.some(file => file.failure))
}

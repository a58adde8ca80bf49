import type { ImportRow } from '../../../shared/contract/imports.ts'
import { leftSomething, type ImportReceipt } from '../../../shared/domain/receipt.ts'
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
  const failed = receipt.files.filter(file => file.failure)
  if (failed.length === 0) return `Imported ${read}`
  const how = failed.every(file => file.spans === 0) ? 'not read' : 'not read to the end'
  return `Imported ${read}; ${formatPlural(failed.length, 'file')} ${how}`
}

/** How an import went, as its mark says it: with nothing read it failed, with something left behind it is doubtful. */
export function outcomeOf(state: ImportState, receipt: ImportReceipt | undefined): ImportState | 'doubtful' {
  if (state !== 'complete' || !receipt) return state
  if (receipt.totals.spans === 0 && receipt.files.some(file => file.failure)) return 'failed'
  return leftSomething(receipt) ? 'doubtful' : state
}

import { costOf, timeOf, tokensOf } from './model/figures.ts'
import type { TraceModel } from './model.ts'
import { hasFailed, kindOf, nameOf } from './model/words.ts'

/** A row as it is copied: its cells with tabs between, as a spreadsheet takes them. */
export function rowText(model: TraceModel, row: number): string {
  const { tree } = model
  return [
    kindOf(tree, row),
    nameOf(tree, row),
    hasFailed(tree, row) ? 'failed' : '',
    tree.strings[tree.model[row]!] ?? '',
    tokensOf(model, row).text,
    costOf(model, row).text,
    timeOf(model, row).text,
  ].join('\t')
}

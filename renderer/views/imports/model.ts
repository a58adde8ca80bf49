import type { ImportRow } from '../../../shared/contract/imports.ts'
import { formatCount } from '../../../shared/format/numbers.ts'
import { visibleLine } from '../../../shared/format/visible-text.ts'

/** "traces-0142.jsonl.gz" · "a.jsonl, b.jsonl and 14 more". */
export function namesOf(row: Pick<ImportRow, 'files'>): string {
  const names = row.files.slice(0, 2).map(name => visibleLine(name, 120))
  const more = row.files.length - names.length
  if (names.length === 0) return 'unnamed import'
  return more > 0 ? `${names.join(', ')} and ${formatCount(more)} more` : names.join(' and ')
}

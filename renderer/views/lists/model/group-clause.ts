import { readColumn } from '../../../../shared/query/list-columns.ts'
import { clauseFor } from '../../../../shared/query/edit.ts'
import { printField } from '../../../../shared/query/print.ts'
import type { CellValue } from './page.ts'

/** What asks for the rows of a group; undefined where the language has no clause for it. */
export function clauseOfGroup(by: string, value: CellValue | undefined): string | undefined {
  const ref = readColumn(by)
  if (!ref || 'own' in ref) return undefined
  if (value === undefined) return `-has:${printField(ref.field)}`
  const text = String(value)
  return text === '' || text.length > 1000 ? undefined : clauseFor(ref.field, text)
}

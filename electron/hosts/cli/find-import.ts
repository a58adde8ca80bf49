import type { ImportRow } from '../../../shared/contract/imports.ts'
import { InspectorError } from '../../../shared/domain/errors.ts'
import { formatCount } from '../../../shared/format/numbers.ts'
import type { Asker } from './inspect.ts'

/** An import by the number that `spanwise imports` lists it under. */
export async function findImport({ ask }: Asker, id: number): Promise<ImportRow> {
  const { imports } = await ask('imports.list', {})
  const found = imports.find(one => one.id === id)
  if (found) return found
  const hint = imports.length > 0 ? 'spanwise imports lists those it has' : 'it has none'
  throw new InspectorError('store/no-such-import', `The store has no import ${id}; ${hint}.`)
}

/** "a.jsonl, b.jsonl and 14 more": made safe where it is printed. */
export function filesOf({ files }: Pick<ImportRow, 'files'>): string {
  const more = files.length - 2
  if (more > 0) return `${files.slice(0, 2).join(', ')} and ${formatCount(more)} more`
  return files.length === 0 ? '(no files)' : files.join(', ')
}

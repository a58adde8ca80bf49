import type { ListKind } from '../../../../shared/contract/lists.ts'
import { writeParts } from '../../../state/neighbours.ts'
import { idOf, textIn, type ListRow } from './page.ts'
import { printSort, type ListSort } from './sort.ts'

/** Where a row leads. The query goes along: what it found is marked there. */
export function addressOf(kind: ListKind, row: ListRow, query: string, sort: ListSort): string | undefined {
  if (kind === 'sessions') {
    const session = textIn(row, 'session')
    return session === undefined ? undefined : `/session/${encodeURIComponent(session)}`
  }
  const trace = textIn(row, 'trace')
  if (trace === undefined) return undefined
  const more = new URLSearchParams({
    ...(query === '' ? {} : { q: query }),
    ...writeParts({ list: kind, sort: printSort(sort) }),
    ...(kind === 'traces' ? {} : { span: String(idOf(row)) }),
  }).toString()
  return `/trace/${encodeURIComponent(trace)}${more === '' ? '' : `?${more}`}`
}

import type { Output } from '../../../../shared/contract/index.ts'
import type { Page } from '../../../state/list-page.ts'

export * from '../../../state/list-page.ts'

const groupColumns = ['count', 'errors', 'tokens', 'cost', 'duration'] as const

/** Groups are rows as well: their value, how many they hold, and what those come to. */
export function pageOfGroups(groups: Output<'lists.groups'>, offset: number): Page {
  const count = groups.values.length
  const cells = new Float64Array(count * (groupColumns.length + 1))
  for (const [i, value] of groups.values.entries()) cells[i] = value === null ? Number.NaN : i
  for (const [c, column] of groupColumns.entries()) cells.set(groups[column], (c + 1) * count)
  const at = new Map(
    ['value', ...groupColumns].map((column, place) => [column, { place, isText: column === 'value' }] as const),
  )
  const id = Float64Array.from({ length: count }, (_, i) => offset + i)
  return { count, id, trace: id, at, cells, values: groups.values.map(value => value ?? '') }
}

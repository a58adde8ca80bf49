import type { Input, Output } from '../../../shared/contract/index.ts'
import { columnType } from '../../../shared/query/list-columns.ts'
import { searchedOf, type Asked } from './asking.ts'
import { countValues, topOf } from './counted.ts'
import { groupCodes } from './narrowed.ts'
import { compare } from './order.ts'
import { columnOf } from './rows.ts'

type Facet = Output<'lists.facets'>['facets'][number]

/** The most frequent values of each field among the matching spans. */
export function facetsOf(
  asked: Asked,
  { fields, limit }: Pick<Input<'lists.facets'>, 'fields' | 'limit'>,
): Output<'lists.facets'> {
  const facets = fields.map(field => asked.remember(`facet ${field} ${limit}`, () => facetOf(asked, field, limit)))
  return { total: asked.shown.total, exact: asked.exact, ...searchedOf(asked), facets }
}

function facetOf(asked: Asked, field: string, limit: number): Facet {
  const { coded, id } = groupCodes(asked.subject, field)
  const { counts, having } = countValues(asked, id, coded)
  const { codes, used } = topOf(counts, limit)
  const values = codes.map(code => ({ value: coded.decode(code), count: counts[code]! }))
  values.sort((a, b) => b.count - a.count || compare(a.value, b.value))
  return {
    field,
    type: columnType(columnOf(field)),
    values,
    more: used - codes.length,
    without: asked.shown.total - having,
  }
}

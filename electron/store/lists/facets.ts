import type { Input, Output } from '../../../shared/contract/index.ts'
import { columnType } from '../../../shared/contract/lists.ts'
import type { Asked } from './asking.ts'
import { groupWords } from './narrowed.ts'
import { compare } from './order.ts'
import { columnOf } from './rows.ts'

type Facet = Output<'lists.facets'>['facets'][number]

/** The most frequent values of each field among the matching spans. */
export function facetsOf(
  asked: Asked,
  { fields, limit }: Pick<Input<'lists.facets'>, 'fields' | 'limit'>,
): Output<'lists.facets'> {
  const facets = fields.map(field => asked.remember(`facet ${field} ${limit}`, () => facetOf(asked, field, limit)))
  return { total: asked.total, exact: asked.exact, facets }
}

function facetOf(asked: Asked, field: string, limit: number): Facet {
  const { coded, items, codes } = groupWords(asked, field)
  const counts = new Uint32Array(coded.size)
  for (const code of codes) counts[code]!++
  const used: number[] = []
  for (let code = 0; code < counts.length; code++) if (counts[code]! > 0) used.push(code)
  const seen = new Uint8Array(asked.items.length)
  let having = 0
  for (const item of items) {
    having += 1 - seen[item]!
    seen[item] = 1
  }
  const values = topOf(used, counts, limit).map(code => ({ value: coded.decode(code), count: counts[code]! }))
  values.sort((a, b) => b.count - a.count || compare(a.value, b.value))
  return {
    field,
    type: columnType(columnOf(field)),
    values,
    more: Math.max(0, used.length - limit),
    without: asked.total - having,
  }
}

/** The codes that come most often. */
export function topOf(codes: number[], counts: Uint32Array, most: number): number[] {
  return codes.sort((a, b) => counts[b]! - counts[a]! || a - b).slice(0, most)
}

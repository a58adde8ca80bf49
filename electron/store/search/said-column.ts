import { valuesOf } from '../../../shared/query/readings.ts'
import type { SaidField } from '../../../shared/query/said.ts'
import { slotsLike } from '../prompts/slots.ts'
import type { Store } from '../open.ts'
import type { Value } from '../table/coded.ts'
import type { SaidColumn } from '../table/elsewhere.ts'
import { unsureCode } from '../text-index/said-columns.ts'
import { withTextIndex } from '../text-index/with-index.ts'
import { spansAfter } from './answers.ts'
import type { SpanSource } from './search.ts'

/** Spans that are read where the index does not tell: a moment's work. */
const mostRead = 300

/** What all spans say under a field. Those that the index does not tell of are read where they are few. */
export function readColumn(store: Store, field: SaidField, readSpan: SpanSource): SaidColumn {
  return store.snapshot(() =>
    withTextIndex(store, readSpan.rules, index => {
      const most = store.statement<[], number>('SELECT ifnull(max(id), 0) FROM span').pluck().get()!
      const codes = new Uint32Array(most + 1)
      const known = index?.said.column(field)
      if (known) codes.set(known.codes.subarray(0, most + 1))
      const values: (readonly Value[])[] = known ? [...known.values] : [[], []]
      const late = spansAfter(store, index?.state.record ?? 0)
      for (const id of late) codes[id] = unsureCode
      const unsure: number[] = []
      for (let id = codes.indexOf(unsureCode); id >= 0; id = codes.indexOf(unsureCode, id + 1)) unsure.push(id)
      const isWhole = unsure.length <= mostRead
      const codeOf = new Map<string, number>()
      for (const id of unsure) {
        const read = isWhole ? readSpan(id) : undefined
        const said = read ? valuesOf(read, { id: field }) : []
        const key = JSON.stringify(said)
        if (said.length > 0 && !codeOf.has(key)) codeOf.set(key, values.push(said) - 1)
        codes[id] = codeOf.get(key) ?? 0
      }
      return { codes, values, isWhole }
    }),
  )
}

/** Names of attributes or variables that spans have, as far as the index has come; of variables also those that were recovered. */
export function namesSaid(
  store: Store,
  of: 'attributes' | 'variables',
  prefix: string,
  most: number,
  { rules }: SpanSource,
): { value: string; count: number }[] {
  return store.snapshot(() => {
    const said = withTextIndex(store, rules, index => index?.said.namesLike(of, prefix, most) ?? [])
    if (of === 'attributes') return said
    const counts = new Map(slotsLike(store, prefix).map(({ value, count }) => [value, count]))
    for (const { value, count } of said) counts.set(value, (counts.get(value) ?? 0) + count)
    const all = [...counts].map(([value, count]) => ({ value, count }))
    return all.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1)).slice(0, most)
  })
}

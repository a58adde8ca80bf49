import type { Handlers } from '../../shared/contract/index.ts'
import type { ListKind } from '../../shared/contract/lists.ts'
import type { Question } from '../../shared/contract/search.ts'
import { InspectorError } from '../../shared/domain/errors.ts'
import { askList, type Asked } from '../store/lists/asking.ts'
import { facetsOf } from '../store/lists/facets.ts'
import { groupsOf } from '../store/lists/groups.ts'
import { histogramOf } from '../store/lists/histogram.ts'
import { readRows } from '../store/lists/rows.ts'
import { totalsOf } from '../store/lists/totals.ts'
import type { Store } from '../store/open.ts'
import { isZone, readQuestion } from '../store/search/question.ts'
import { spanSources } from './search.ts'

type ListHandlers = Pick<Handlers, 'lists.rows' | 'lists.totals' | 'lists.groups' | 'lists.histogram' | 'lists.facets'>

/** Lists under a query, from the store's columns. */
export function columnListHandlers(store: Store): ListHandlers {
  const sourceOf = spanSources(store)
  const ask = <T>(
    { list, where }: { readonly list: ListKind; readonly where?: Question | undefined },
    answer: (asked: Asked) => T,
  ): T => askList({ store, readSpan: sourceOf(where) }, list, where && readQuestion(where), answer)
  return {
    'lists.rows': input => ask(input, asked => readRows(asked, input)),
    'lists.totals': input => ask(input, asked => totalsOf(asked, input.group)),
    'lists.groups': input => ask(input, asked => groupsOf(asked, input)),
    'lists.histogram': input => {
      if (!isZone(input.zone)) throw new InspectorError('query/no-zone', 'There is no such time zone.')
      return ask(input, asked => histogramOf(asked, input))
    },
    'lists.facets': input => ask(input, asked => facetsOf(asked, input)),
  }
}

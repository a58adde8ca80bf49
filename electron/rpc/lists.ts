import type { CancelSignal, Handlers, Input } from '../../shared/contract/index.ts'
import type { ListKind } from '../../shared/contract/lists.ts'
import type { Question } from '../../shared/contract/search.ts'
import { InspectorError } from '../../shared/domain/errors.ts'
import { findField } from '../../shared/query/fields.ts'
import { askList, type Asked } from '../store/lists/asking.ts'
import { facetsOf } from '../store/lists/facets.ts'
import { untilDrawn } from '../store/lists/first-page.ts'
import { firstRows } from '../store/lists/first-rows.ts'
import { groupsOf } from '../store/lists/groups.ts'
import { knownValues } from '../store/lists/known-values.ts'
import { histogramOf } from '../store/lists/histogram.ts'
import { neighboursOf } from '../store/lists/neighbours.ts'
import { idsOf, readRows } from '../store/lists/rows.ts'
import { totalsOf } from '../store/lists/totals.ts'
import type { Store } from '../store/open.ts'
import { isZone, readQuestion } from '../store/search/question.ts'
import { countWithoutEach } from '../store/search/without.ts'
import { givenElsewhere, NeedsElsewhere, type Elsewhere } from '../store/table/elsewhere.ts'
import { finishInTurns } from '../store/table/arrays.ts'
import { ColumnKeeper } from '../store/table/column-keeper.ts'
import { livingSpans } from '../store/table/row-set.ts'
import { hasTable, loadTable, provideTable } from '../store/table/table.ts'
import { listRequests, type ListRequest, type Unanswered, type WithGiven } from './list-relay.ts'
import { chartPoints, chartSeries, chartSpread } from './charts.ts'
import { costTable } from './costs.ts'
import { promptRequests } from './prompt-requests.ts'
import { latencyFailures, latencyOperations, latencySlowest } from './latency.ts'

type Answer<K extends ListRequest> = ReturnType<Handlers[K]>

export interface EngineLists {
  readonly answers: { readonly [name: string]: (asked: never, signal: CancelSignal) => Promise<unknown> }
  /**
   * Reads the columns, which whoever opens a store asks for next, and works out what a page like this one needs of them: the
   * first search has such a page.
   */
  load(page: Input<'lists.rows'>): Promise<void>
  /** Leaves the columns to whoever opens the store next. */
  close(): Promise<void>
}

/** Lists under a query, from the store's columns. What these do not tell is not looked up here: that may take any time. */
export function engineLists(store: Store): EngineLists {
  const keeper = new ColumnKeeper(store)
  let loading: Promise<void> | undefined
  const readColumns = (): Promise<void> => {
    const read = async (): Promise<void> => {
      if (store.db.open && !hasTable(store)) provideTable(store, await finishInTurns(loadTable(store)))
    }
    return (loading ??= read().finally(() => (loading = undefined)))
  }
  const load = async (page: Input<'lists.rows'>): Promise<void> => {
    await readColumns()
    await finishInTurns(prepareRows(store, page))
  }
  const answered =
    <K extends ListRequest>(name: K) =>
    async ({ input, given }: WithGiven<K>, signal: CancelSignal): Promise<unknown> => {
      const where = 'where' in input ? input.where : undefined
      // Something is done to everything that matches: nothing may wait for the index.
      const isAll = name === 'lists.ids'
      const elsewhere = givenElsewhere(given, isAll || where?.scan === true, isAll ? undefined : where?.patience)
      if (!hasTable(store)) {
        // Whoever opens a store sees its first traces before its columns are read.
        const first =
          name === 'lists.rows'
            ? await needing(() => firstRows(store, input as Input<'lists.rows'>, elsewhere))
            : undefined
        if (first) {
          setTimeout(() => void load(input as Input<'lists.rows'>).catch(() => {}), untilDrawn).unref()
          return first
        }
        await readColumns()
      }
      try {
        return await needing(() => (answers(store, elsewhere)[name] as Answering<K>)(input, signal))
      } finally {
        keeper.soon()
      }
    }
  const all = Object.fromEntries(listRequests.map(name => [name, answered(name)]))
  return { answers: all, load, close: () => keeper.close() }
}

/** Works out what a page of a list needs, a column at a time: orders, costs of all calls. */
function* prepareRows(store: Store, { columns, ...page }: Input<'lists.rows'>): Generator<void, void> {
  const elsewhere: Elsewhere = need => {
    throw new NeedsElsewhere(need)
  }
  for (const column of columns) {
    yield
    if (!store.db.open) return
    try {
      askList({ store, elsewhere }, page.list, undefined, asked => {
        livingSpans(asked.subject.table)
        readRows(asked, { ...page, columns: [column] })
      })
    } catch (error) {
      // Somebody asks for it in earnest, or nobody.
      if (!(error instanceof NeedsElsewhere)) throw error
    }
  }
}

async function needing<T>(answer: () => T | Promise<T>): Promise<T | Unanswered> {
  try {
    return await answer()
  } catch (error) {
    if (error instanceof NeedsElsewhere) return { need: error.need }
    throw error
  }
}

type Answering<K extends ListRequest> = (input: Input<K>, signal: CancelSignal) => Answer<K>
type ListAnswers = { readonly [K in ListRequest]: Answering<K> }

function answers(store: Store, elsewhere: Elsewhere): ListAnswers {
  const ask = <T>(
    { list, where }: { readonly list: ListKind; readonly where?: Question | undefined },
    answer: (asked: Asked) => T,
  ): T => askList({ store, elsewhere }, list, where && readQuestion(where), answer)
  return {
    'lists.rows': input => ask(input, asked => readRows(asked, input)),
    'lists.neighbours': input => ask(input, asked => neighboursOf(asked, input)),
    'lists.ids': input => ask(input, idsOf),
    'lists.totals': input => ask(input, asked => totalsOf(asked, input.group)),
    'lists.groups': input => ask(input, asked => groupsOf(asked, input)),
    'lists.histogram': ({ zone = 'UTC', top = 6, ...input }) => {
      if (!isZone(zone)) throw new InspectorError('query/no-zone', 'There is no such time zone.')
      return ask(input, asked => histogramOf(asked, { ...input, zone, top }))
    },
    'lists.facets': input => ask(input, asked => facetsOf(asked, input)),
    'costs.table': (input, signal) => costTable({ store, elsewhere }, input, signal),
    'charts.series': (input, signal) => chartSeries({ store, elsewhere }, input, signal),
    'charts.spread': (input, signal) => chartSpread({ store, elsewhere }, input, signal),
    'charts.points': (input, signal) => chartPoints({ store, elsewhere }, input, signal),
    'latency.operations': (input, signal) => latencyOperations({ store, elsewhere }, input, signal),
    'latency.failures': (input, signal) => latencyFailures({ store, elsewhere }, input, signal),
    'latency.slowest': (input, signal) => latencySlowest({ store, elsewhere }, input, signal),
    ...promptRequests({ store, elsewhere }),
    'search.without': ({ where }) => ({
      clauses: countWithoutEach(where, condition =>
        askList({ store, elsewhere }, 'spans', condition, asked => {
          const { traces, spans, calls } = totalsOf(asked, undefined).sums
          return { traces, spans, calls }
        }),
      ),
    }),
    'search.values': ({ field, prefix, limit }) => {
      const of = field === '@' ? 'attributes' : field === 'variable.' ? 'variables' : undefined
      if (of) return { values: [...elsewhere({ type: 'names', of, prefix, most: limit })] }
      const ref = findField(field) ?? (field === 'score.' ? { id: 'score' as const } : undefined)
      return { values: ref ? knownValues(store, ref, prefix, limit, elsewhere) : [] }
    },
  }
}

import type { Input, Output } from '../../../shared/contract/index.ts'
import type { Pricer } from '../../../shared/money/pricer.ts'
import { columnType, readColumn, type ColumnRef } from '../../../shared/query/list-columns.ts'
import type { Store } from '../open.ts'
import { isSettled } from '../settled.ts'
import { Names } from '../table/names.ts'
import { emptyTraces, renewedTraces, type Traces } from '../table/traces.ts'
import { costOfTrace } from '../trace-cost.ts'
import { Texts } from './texts.ts'
import { wholeNumbers } from './whole-numbers.ts'

const words = ['name', 'session', 'user', 'environment', 'release', 'application'] as const

/** Columns that a trace tells without its spans, beside those that only count. */
const ofWhole: ReadonlySet<string> = new Set(
  'trace started duration tokens tokens.input tokens.output cost cost.recorded spans'.split(' ').concat(words),
)

export function areOfWhole(columns: readonly string[]): boolean {
  return columns.every(name => {
    const column = readColumn(name)
    return column !== undefined && ('own' in column || ofWhole.has(column.field.id))
  })
}

type Page = Omit<Output<'lists.rows'>, 'total'>

/**
 * Rows of traces in the given order, of columns that they tell without their spans: what opening a store shows first, so that
 * it needs little code and nothing but the rows. A page of all columns in memory says the same.
 */
export function wholeRows(
  store: Store,
  ids: readonly number[],
  { columns }: Pick<Input<'lists.rows'>, 'columns'>,
  pricer: () => Pricer,
): Page {
  const traces = renewedTraces(store, emptyTraces(0), ids)
  const texts = new Texts()
  const refs = columns.map(name => readColumn(name)!)
  let costs: ReturnType<typeof costsOf> | undefined
  const costsOnce = () => (costs ??= costsOf(store, traces, pricer()))
  const cells = new Float64Array(traces.count * refs.length)
  for (const [c, column] of refs.entries()) {
    const read = cellReader(store, traces, column, costsOnce, texts)
    for (let t = 0; t < traces.count; t++) cells[c * traces.count + t] = read(t)
  }
  const id = Float64Array.from(traces.id)
  return {
    exact: isSettled(store),
    id,
    trace: id.slice(),
    columns: refs.map((column, c) => ({ column: columns[c]!, type: columnType(column) })),
    cells,
    values: texts.all,
  }
}

function cellReader(
  store: Store,
  traces: Traces,
  column: ColumnRef,
  costs: () => ReturnType<typeof costsOf>,
  texts: Texts,
): (trace: number) => number {
  const id = 'own' in column ? column.own : column.field.id
  const numbers = wholeNumbers(traces, id, costs)
  if (numbers) return t => numbers[t]!
  const word = words.find(one => one === id)
  if (!word) {
    const keyOf = store.query<[number], { key: string }>('trace-key')
    return t => texts.place([keyOf.get(traces.id[t]!)?.key ?? ''])
  }
  const names = new Names(store)
  return t => (traces[word][t] === 0 ? Number.NaN : texts.place([names.text(traces[word][t]!)]))
}

function costsOf(store: Store, traces: Traces, pricer: Pricer) {
  const all = Array.from(traces.id, id => costOfTrace(store, pricer, id))
  return {
    cost: Float64Array.from(all, one => one.cost),
    computed: Float64Array.from(all, one => one.computed),
    uncosted: Float64Array.from(all, one => one.uncosted),
  }
}

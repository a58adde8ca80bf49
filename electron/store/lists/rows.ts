import type { ListValue } from '../../../shared/contract/lists.ts'
import { columnType, readColumn, relevance, type ColumnRef } from '../../../shared/query/list-columns.ts'
import type { Input, Output } from '../../../shared/contract/index.ts'
import { InspectorError } from '../../../shared/domain/errors.ts'
import { sessionsOf } from '../table/sessions.ts'
import { searchedOf, type Asked } from './asking.ts'
import { itemNumbers } from './item-numbers.ts'
import { itemValues } from './item-values.ts'
import { InOrder, type Order } from './in-order.ts'
import { narrowed } from './narrowed.ts'
import { ranksOf, sortedBy, turned } from './order.ts'
import { mostToRead, valuesInRecords } from './records.ts'
import { scoresOf } from './scores.ts'
import type { Subject } from './subject.ts'
import { Texts } from './texts.ts'
import type { ItemSet } from '../table/row-set.ts'

type Window = Omit<Input<'lists.rows'>, 'list' | 'where'>

/** Values of one cell. */
const mostValues = 20

/** The column of a name, or a refusal that says so. */
export function columnOf(name: string): ColumnRef {
  const column = readColumn(name)
  if (!column) throw new InspectorError('lists/no-such-column', `There is no column ${name.slice(0, 100)}.`)
  return column
}

export function readRows(asked: Asked, window: Window): Output<'lists.rows'> {
  const { subject, exact } = asked
  const refs = window.columns.map(columnOf)
  const order = orderOf(asked, window)
  const items = order.window(window.offset, window.limit)
  const texts = new Texts()
  const cells = new Float64Array(items.length * refs.length)
  for (const [c, column] of refs.entries()) {
    const read = cellReader(asked, column, items, texts)
    for (let i = 0; i < items.length; i++) cells[c * items.length + i] = read(items[i]!, i)
  }
  const columns = refs.map((column, c) => ({ column: window.columns[c]!, type: columnType(column) }))
  return {
    total: order.total,
    exact,
    ...searchedOf(asked),
    ...placesOf(subject, items),
    columns,
    cells,
    values: texts.all,
  }
}

/** Ids of all items. */
export function idsOf({ subject, shown }: Asked): Output<'lists.ids'> {
  return placesOf(subject, shown.numbers())
}

/** The items of the list in order. */
export function orderOf(asked: Asked, { sort, group }: Pick<Window, 'sort' | 'group'>): InOrder {
  const those = group ? narrowed(asked, group) : asked.shown
  const key = `order ${sort.column} ${sort.descending} ${group ? JSON.stringify(group) : ''}`
  return asked.remember(key, () => {
    const whole =
      sort.column === relevance
        ? byRelevance(asked, sort.descending)
        : wholeOrder(asked, those, columnOf(sort.column), sort.descending)
    return new InOrder(whole, those)
  })
}

/** All items of the list by when they started, matching or not; those of whom it is not known come last. */
export function byStart(asked: Asked): Uint32Array {
  return wholeOrder(asked, asked.shown, columnOf('started'), false).whole
}

/** All items, matching or not: sorting them serves every query. */
function wholeOrder(asked: Asked, items: ItemSet, column: ColumnRef, descending: boolean): Order {
  const { subject } = asked
  const name = 'own' in column ? column.own : `${column.field.id} ${column.field.name ?? ''}`
  const keys = sortKeys(subject, column)
  if (keys) {
    const order = `${subject.list} order ${name}${descending ? ' turned' : ''}`
    const kept = (key: string, make: () => Uint32Array) =>
      'own' in column ? subject.table.derived(key, make) : subject.table.ofField(column.field, key, make)
    const ascending = () => kept(`${subject.list} order ${name}`, () => sortedBy(keys, false))
    const whole = descending ? kept(order, () => turned(ascending(), keys)) : ascending()
    return { whole, places: () => kept(`places of ${order}`, () => placesIn(whole)) }
  }
  if (items.total > mostToRead) {
    throw new InspectorError(
      'lists/too-many-to-sort',
      `Only the kept records hold ${name.trim()}: ${mostToRead} rows at most are sorted by it. Narrow the query first.`,
    )
  }
  const those = items.numbers()
  const values = valuesInRecords(asked, 'own' in column ? { id: 'name' } : column.field, those)
  const found = new Map<number, number>()
  const codes = new Map<ListValue, number>()
  for (const [i, item] of those.entries()) {
    const [value] = values[i]!
    if (value === undefined) continue
    if (!codes.has(value)) codes.set(value, codes.size)
    found.set(item, codes.get(value)!)
  }
  const all = [...codes.keys()]
  const ranks = ranksOf({ size: all.length, decode: code => all[code]! }, codes.values())
  const sorted = sortedBy(
    Float64Array.from({ length: subject.size }, (_, item) => ranks[found.get(item) ?? -1] ?? Number.NaN),
    descending,
  )
  return { whole: sorted, places: () => placesIn(sorted) }
}

/** What says most first; of equals the newest. */
function byRelevance(asked: Asked, descending: boolean): Order {
  const newest = wholeOrder(asked, asked.shown, columnOf('started'), true)
  const scores = scoresOf(asked)
  if (!scores) return newest
  const sorted = sortedBy(scores, descending, newest.whole)
  return { whole: sorted, places: () => placesIn(sorted) }
}

function placesIn(whole: Uint32Array): Uint32Array {
  const places = new Uint32Array(whole.length)
  for (let place = 0; place < whole.length; place++) places[whole[place]!] = place
  return places
}

/** What items are sorted by; undefined where only records know. */
function sortKeys(subject: Subject, column: ColumnRef): Float64Array | undefined {
  const numbers = itemNumbers(subject, 'own' in column ? column.own : column.field.id)
  if (numbers || 'own' in column) return numbers
  const values = itemValues(subject, column.field)
  if (!values) return undefined
  return subject.table.ofField(
    column.field,
    `${subject.list} ranks ${column.field.id} ${column.field.name ?? ''}`,
    () => {
      const first = new Float64Array(subject.size).fill(Number.NaN)
      for (let item = 0; item < first.length; item++) first[item] = values.of(item)[0] ?? Number.NaN
      const ranks = ranksOf(
        values.coded,
        first.filter(code => !Number.isNaN(code)),
      )
      return first.map(code => ranks[code] ?? Number.NaN)
    },
  )
}

/** Reads the cell of an item that stands at a place of the window. */
function cellReader(
  asked: Asked,
  column: ColumnRef,
  items: Uint32Array,
  texts: Texts,
): (item: number, place: number) => number {
  const { subject } = asked
  const numbers = itemNumbers(subject, 'own' in column ? column.own : column.field.id)
  if (numbers) return item => numbers[item]!
  if ('own' in column) return () => Number.NaN
  const values = itemValues(subject, column.field)
  if (values)
    return item =>
      texts.place(
        values
          .of(item)
          .slice(0, mostValues)
          .map(code => values.coded.decode(code)),
      )
  const read = valuesInRecords(asked, column.field, items)
  const isText = columnType(column) === 'text' || columnType(column) === 'any'
  return (_, place) =>
    isText
      ? texts.place(read[place]!.slice(0, mostValues))
      : (read[place]!.find(one => typeof one === 'number') ?? Number.NaN)
}

function placesOf({ list, table }: Subject, items: Uint32Array): Pick<Output<'lists.rows'>, 'id' | 'trace'> {
  const { traces, layout } = table
  if (list === 'traces') {
    const id = Float64Array.from(items, trace => traces.id[trace]!)
    return { id, trace: id.slice() }
  }
  if (list === 'sessions') {
    const sessions = sessionsOf(table)
    return {
      id: Float64Array.from(items, session => sessions.name[session]!),
      trace: Float64Array.from(items, session => traces.id[sessions.latest[session]!]!),
    }
  }
  return {
    id: Float64Array.from(items, row => layout.id[row]!),
    trace: Float64Array.from(items, row => traces.id[layout.trace[row]!]!),
  }
}

import { columnType, readColumn, type ColumnRef, type ListValue } from '../../../shared/contract/lists.ts'
import type { Input, Output } from '../../../shared/contract/index.ts'
import { InspectorError } from '../../../shared/domain/errors.ts'
import { sessionsOf } from '../table/sessions.ts'
import type { Asked } from './asking.ts'
import { itemNumbers } from './item-numbers.ts'
import { itemValues } from './item-values.ts'
import { narrowed } from './narrowed.ts'
import { ranksOf, sortedBy } from './order.ts'
import { mostToRead, valuesInRecords } from './records.ts'
import type { Subject } from './subject.ts'

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
  const items = order.subarray(window.offset, window.offset + window.limit)
  const texts = new Texts()
  const cells = new Float64Array(items.length * refs.length)
  for (const [c, column] of refs.entries()) {
    const read = cellReader(asked, column, items, texts)
    for (let i = 0; i < items.length; i++) cells[c * items.length + i] = read(items[i]!, i)
  }
  const columns = refs.map((column, c) => ({ column: window.columns[c]!, type: columnType(column) }))
  return { total: order.length, exact, ...placesOf(subject, items), columns, cells, values: texts.all }
}

/** Ids of all items. */
export function idsOf({ subject, items, total }: Asked): Output<'lists.ids'> {
  const found = new Uint32Array(total)
  let n = 0
  for (let item = 0; item < items.length; item++) if (items[item] === 1) found[n++] = item
  return placesOf(subject, found)
}

/** The items of the list in order. */
function orderOf(asked: Asked, { sort, group }: Window): Uint32Array {
  const column = columnOf(sort.column)
  const those = group ? narrowed(asked, group) : asked
  const key = `order ${sort.column} ${sort.descending} ${group ? JSON.stringify(group) : ''}`
  return asked.remember(key, () => {
    const whole = wholeOrder(asked, those.items, those.total, column, sort.descending)
    const found = new Uint32Array(those.total)
    let n = 0
    for (let i = 0; i < whole.length && n < found.length; i++) if (those.items[whole[i]!] === 1) found[n++] = whole[i]!
    return found
  })
}

/** All items, matching or not: sorting them serves every query. */
function wholeOrder(
  asked: Asked,
  items: Uint8Array,
  total: number,
  column: ColumnRef,
  descending: boolean,
): Uint32Array {
  const { subject } = asked
  const name = 'own' in column ? column.own : `${column.field.id} ${column.field.name ?? ''}`
  const keys = sortKeys(subject, column)
  if (keys) {
    const order = `${subject.list} order ${name} ${descending}`
    const sort = () => sortedBy(keys, descending)
    return 'own' in column ? subject.table.derived(order, sort) : subject.table.ofField(column.field, order, sort)
  }
  if (total > mostToRead) {
    throw new InspectorError(
      'lists/too-many-to-sort',
      `Only the kept records hold ${name.trim()}: ${mostToRead} rows at most are sorted by it. Narrow the query first.`,
    )
  }
  const those = Uint32Array.from(items.keys()).filter(item => items[item] === 1)
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
  return sortedBy(
    Float64Array.from(items, (_, item) => ranks[found.get(item) ?? -1] ?? Number.NaN),
    descending,
  )
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

/** Texts of a window, each once. */
class Texts {
  readonly all: (ListValue | ListValue[])[] = []
  private readonly places = new Map<string, number>()

  place(values: readonly ListValue[]): number {
    const [only, another] = values
    if (only === undefined) return Number.NaN
    const text = another === undefined ? only : [...values]
    const key = JSON.stringify(text)
    let place = this.places.get(key)
    if (place === undefined) this.places.set(key, (place = this.all.push(text) - 1))
    return place
  }
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

import type { Searched } from '../../../shared/contract/search.ts'
import { printField } from '../../../shared/query/print.ts'
import type { FieldRef } from '../../../shared/query/fields.ts'
import { valuesOf } from '../../../shared/query/readings.ts'
import { filledIn } from '../prompts/slots.ts'
import type { Store } from '../open.ts'
import { Recent } from '../recent.ts'
import type { Value } from '../table/coded.ts'
import { readState, type StoreState } from '../table/state.ts'
import { SpanBits } from '../text-index/span-bits.ts'
import { withTextIndex } from '../text-index/with-index.ts'
import { spansAfter } from './answers.ts'
import { changedReadings, oneByOne } from './read-answers.ts'
import type { SpanSource } from './search.ts'
import { shortened } from './shortened.ts'

/** What spans say under a field that only records hold. */
export interface ReadValues {
  /** By the asked spans in ascending order: which of the lists each has; `unread` of those that were not read yet. */
  readonly codes: Uint32Array
  readonly lists: readonly (readonly Value[])[]
  /** How far the reading is, where it was given up until somebody asks again. */
  readonly searched?: Searched
}

export const unread = 0xffff_ffff

/** Fields of which what was read is remembered, four bytes a span. */
const mostFields = 4
/** Spans read between two looks at the clock, and where nobody looks at one. */
const fewAtOnce = 64
const manyAtOnce = 2000

interface Column {
  codes: Uint32Array
  readonly read: SpanBits
  /** The first is that of who says nothing. */
  readonly lists: (readonly Value[])[]
  readonly numbers: Map<string, number>
}

/** What was read of whole fields: whoever asks again goes on from there, also when the store has grown. */
class Readings {
  private state: StoreState
  private readonly columns = new Recent<Column>(mostFields)

  constructor(store: Store) {
    this.state = readState(store)
  }

  /** Forgets what no longer holds. */
  renew(store: Store): void {
    const now = readState(store)
    const changed = changedReadings(store, this.state, now)
    if (changed === undefined) this.columns.clear()
    else for (const { read } of this.columns.values()) for (const id of changed) read.delete(id)
    this.state = now
  }

  of(field: FieldRef, generation: number | undefined, most: number): Column {
    const column = this.columns.get(`${printField(field)} ${generation ?? ''}`, () => ({
      codes: new Uint32Array(most + 1),
      read: new SpanBits(most),
      lists: [[]],
      numbers: new Map([['[]', 0]]),
    }))
    column.read.widen(most)
    if (column.codes.length <= most) {
      const wider = new Uint32Array(most + 1)
      wider.set(column.codes)
      column.codes = wider
    }
    return column
  }
}

const readings = new WeakMap<SpanSource, Readings>()

/**
 * What these spans (ascending) say under a field, read until that time (`performance.now`), the latest first; each call gets
 * on. Those of which the index knows that they have nothing of the name are not read.
 */
export function readValues(
  store: Store,
  field: FieldRef,
  ids: Uint32Array,
  source: SpanSource,
  until: number,
): ReadValues {
  let known = readings.get(source)
  if (known) known.renew(store)
  else readings.set(source, (known = new Readings(store)))
  const column = known.of(field, filledIn(store, { field })?.generation, ids.at(-1) ?? 0)
  const { read, lists, numbers } = column
  const isOpen = mayHave(store, field, source)
  for (const id of ids) {
    if (read.has(id) || isOpen(id)) continue
    column.codes[id] = 0
    read.add(id)
  }
  const atOnce = until === Number.POSITIVE_INFINITY ? manyAtOnce : fewAtOnce
  let unknown = 0
  for (let to = ids.length, isOver = false; to > 0;) {
    const some: number[] = []
    while (to > 0 && some.length < atOnce) {
      const id = ids[--to]!
      if (read.has(id)) continue
      if (isOver) unknown++
      else some.push(id)
    }
    if (isOver || some.length === 0) continue
    some.reverse()
    for (const id of some) {
      column.codes[id] = 0
      read.add(id)
    }
    for (const [id, span] of source.each?.(some) ?? oneByOne(some, source)) {
      const values = [...new Set(valuesOf(span, field).map(shortened))]
      const key = JSON.stringify(values)
      let number = numbers.get(key)
      if (number === undefined) numbers.set(key, (number = lists.push(values) - 1))
      column.codes[id] = number
    }
    isOver = performance.now() >= until
  }
  const codes = ids.map(id => (read.has(id) ? column.codes[id]! : unread))
  const searched = { done: ids.length - unknown, all: ids.length }
  return { codes, lists, ...(unknown > 0 ? { searched } : {}) }
}

/** Whether a span must be read. */
function mayHave(store: Store, field: FieldRef, { rules }: SpanSource): (id: number) => boolean {
  return withTextIndex(store, rules, index => {
    const said = index?.said.answer({ type: 'has', field })
    if (!index || !said) return () => true
    const late = new Set([...spansAfter(store, index.state.record), ...(filledIn(store, { field })?.calls ?? [])])
    const { yes, maybe } = said
    return id => yes.has(id) || maybe.has(id) || late.has(id)
  })
}

import { announce } from '../../app/announce.ts'
import { navigate, useClient } from '../../app/view.ts'
import { rememberNeighbours } from '../../state/neighbours.ts'
import { rowHeight } from '../../state/settings.ts'
import { addressOf } from './model/address.ts'
import { longestStretch, selectedCount, selectedRowsShown, selectStretch, toggleStar } from './model/actions.ts'
import { cellText, headText, rowText } from './model/cell-text.ts'
import {
  movedBy,
  placedAt,
  withColumn,
  withPin,
  withWidth,
  type ColumnChoice,
} from '../../components/columns/column-choice.ts'
import type { ChosenColumn } from './model/column-choice.ts'
import { compareRows } from './model/compare-rows.ts'
import type { ListMemory } from './model/memory.ts'
import { idOf, textIn } from './model/page.ts'
import { rowAt } from './model/row-list.ts'
import { everything, toggled } from './model/selection.ts'
import type { RowPress } from './parts/LineRow.tsx'
import { formatCount, formatPlural } from '../../../shared/format/numbers.ts'

interface Options {
  readonly memory: ListMemory
  readonly columns: readonly ChosenColumn[]
  readonly choose: (change: (choice: ColumnChoice) => ColumnChoice) => void
  readonly sortBy: (column: ChosenColumn) => void
  readonly tag: (index: number) => void
}

/** What keys, presses and menus do with the rows and columns of a list. */
export function useListActions({ memory, columns, choose, sortBy, tag }: Options) {
  const client = useClient()
  const { kind, list, selection } = memory
  const count = () => selectedCount(memory)

  const open = (index: number) => {
    const row = rowAt(list.get().pages, index)
    const address = row && addressOf(kind, row, list.get().shown ?? '', list.get().sort)
    if (address === undefined) return
    if (kind !== 'sessions') rememberNeighbours((by, trace) => step(memory, by, trace))
    navigate(address)
  }
  const toggleSelect = (index: number) => {
    const row = rowAt(list.get().pages, index)
    if (row) selection.update(now => toggled(now, idOf(row)))
  }
  const extend = async (from: number, to: number) => {
    const done = await selectStretch(memory, from, to)
    if (!done) announce(`A stretch has at most ${formatCount(longestStretch)} rows. Mod+A selects all that match.`)
  }
  const star = (index: number) => void toggleStar(client, memory, index)
  const selectAll = () => {
    selection.set(everything)
    const total = list.get().total ?? 0
    announce(`${total === 1 ? '' : 'All '}${formatPlural(total, kind.slice(0, -1))} selected`)
  }
  const copyText = (text: string, words: string) => {
    navigator.clipboard.writeText(text).then(
      () => announce(words),
      () => {},
    )
  }
  const copySelected = () => {
    const rows = selectedRowsShown(memory)
    const missing = count() - rows.length
    const text = [headText(columns), ...rows.map(row => rowText(row, columns))].join('\n')
    copyText(
      text,
      `${formatPlural(rows.length, 'row')} copied${missing > 0 ? `; ${formatCount(missing)} not loaded: export them instead` : ''}`,
    )
  }
  const copy = (index: number, column: string | undefined) => {
    if (selection.get().type !== 'none') return copySelected()
    const row = rowAt(list.get().pages, index)
    const cell = columns.find(({ id }) => id === column)
    if (!row) return undefined
    if (cell) return copyText(cellText(row, cell), 'Cell copied')
    return copyText(rowText(row, columns), 'Row copied')
  }
  const press = (index: number, how: RowPress) => {
    if (how === 'open') open(index)
    else if (how === 'toggle') toggleSelect(index)
    else if (how === 'range') void extend(last.get(memory) ?? index, index)
    else star(index)
    if (how === 'toggle' || how === 'range') last.set(memory, index)
  }
  return {
    count,
    open,
    press,
    copy,
    toggleSelect: (index: number) => {
      last.set(memory, index)
      toggleSelect(index)
    },
    extend: (from: number, to: number) => void extend(from, to),
    selectAll,
    star,
    tag,
    compare: (index: number) => void compareRows(client, memory, index),
    sortBy,
    moveColumn: (id: string, by: number) => choose(now => movedBy(now, id, by)),
    place: (id: string, target: string) => choose(now => placedAt(now, id, target)),
    widen: (id: string, by: number) => {
      const width = columns.find(column => column.id === id)?.width ?? 80
      choose(now => withWidth(now, id, width + by))
    },
    resize: (id: string, width: number) => choose(now => withWidth(now, id, width)),
    pin: (id: string) => choose(now => withPin(now, id, !now.find(({ field }) => field === id)?.pinned)),
    hide: (id: string) => choose(now => withColumn(now, id, false)),
  }
}

/** Where a stretch begins: the row that was selected last. */
const last = new WeakMap<ListMemory, number>()

/** The next row of another trace: where it leads. The list follows, so that the way back leads there. */
async function step(memory: ListMemory, by: 1 | -1, shown: string): Promise<string | undefined | null> {
  const { kind, list, place } = memory
  const here = rowAt(list.get().pages, place.get().active)
  const trace = here && textIn(here, 'trace')
  if (trace !== shown) return null
  for (let index = place.get().active + by; ; index += by) {
    const row = await list.find(index)
    if (!row) return undefined
    if (textIn(row, 'trace') === trace) continue
    place.update(old => ({ ...old, active: index, top: Math.max(0, index - 8) * rowHeight() }))
    return addressOf(kind, row, list.get().shown ?? '', list.get().sort)
  }
}

import { savedView, type SavedView } from '../../../shared/contract/views.ts'
import { kept as storage } from '../../state/kept.ts'

/** Columns from left to right as a reader chose them; the pinned ones come first. Undefined: the usual ones. */
export type ColumnChoice = NonNullable<SavedView['columns']>

const narrowest = 32
const widest = 2000

export function withColumn(choice: ColumnChoice, field: string, on: boolean): ColumnChoice {
  const rest = choice.filter(one => one.field !== field)
  return on ? (rest.length < choice.length ? choice : [...choice, { field }]) : rest
}

/** To the place where another stands, among its like: pinned columns stay on the left. */
export function placedAt(choice: ColumnChoice, field: string, target: string): ColumnChoice {
  const moved = choice.find(one => one.field === field)
  const to = choice.findIndex(one => one.field === target)
  if (!moved || to < 0 || field === target) return choice
  const rest = choice.filter(one => one.field !== field)
  return pinnedFirst([...rest.slice(0, to), moved, ...rest.slice(to)])
}

export function movedBy(choice: ColumnChoice, field: string, by: number): ColumnChoice {
  const at = choice.findIndex(one => one.field === field)
  const target = choice[at + by]
  return at < 0 || !target ? choice : placedAt(choice, field, target.field)
}

export function withWidth(choice: ColumnChoice, field: string, width: number): ColumnChoice {
  const kept = Math.round(Math.max(narrowest, Math.min(widest, width)))
  return choice.map(one => (one.field === field ? { ...one, width: kept } : one))
}

export function withPin(choice: ColumnChoice, field: string, on: boolean): ColumnChoice {
  return pinnedFirst(
    choice.map(one => {
      if (one.field !== field) return one
      const { pinned: _, ...rest } = one
      return on ? { ...rest, pinned: true as const } : rest
    }),
  )
}

function pinnedFirst(choice: ColumnChoice): ColumnChoice {
  return [...choice.filter(one => one.pinned), ...choice.filter(one => !one.pinned)]
}

const keyOf = (table: string) => `spanwise.columns.${table}`

/** What the reader chose for a table on this machine. */
export function recallColumns(table: string): ColumnChoice | undefined {
  try {
    const kept: unknown = JSON.parse(storage.getItem(keyOf(table)) ?? 'null')
    return savedView.shape.columns.safeParse(kept).data
  } catch {
    return undefined
  }
}

export function keepColumns(table: string, choice: ColumnChoice | undefined): void {
  if (choice) storage.setItem(keyOf(table), JSON.stringify(choice))
  else storage.removeItem(keyOf(table))
}

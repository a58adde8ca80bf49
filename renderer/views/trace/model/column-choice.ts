// Which figures stand beside the spans, how wide, and which of them fit.

import { kept } from '../../../state/kept.ts'

/** In the order in which they are offered and stand. */
export const figureColumns = [
  { id: 'model', label: 'Model', width: 132 },
  { id: 'tokens', label: 'Tokens', width: 58 },
  { id: 'input', label: 'In', long: 'Input tokens', width: 58 },
  { id: 'output', label: 'Out', long: 'Output tokens', width: 58 },
  { id: 'cached', label: 'Cached', long: 'Cached tokens', width: 62 },
  { id: 'cost', label: 'Cost', width: 76 },
  { id: 'time', label: 'Time', long: 'Duration', width: 66 },
  { id: 'self', label: 'Self', long: 'Self time: none of its children ran', width: 66 },
  { id: 'wait', label: 'TTFT', long: 'Time to first token', width: 66 },
  { id: 'critical', label: 'Critical', long: 'Time on the critical path', width: 66 },
  { id: 'start', label: 'Start', long: 'Start, after that of the trace', width: 66 },
] as const
export type FigureColumn = (typeof figureColumns)[number]['id']

/** What a reader chose; undefined width is the usual one. */
export interface ChosenColumn {
  readonly id: FigureColumn
  readonly width?: number
}

const usual: readonly FigureColumn[] = ['model', 'tokens', 'cost', 'time', 'self']
/** Who comes first where not all fit. */
const order: readonly FigureColumn[] = ['time', 'tokens', 'cost', 'model', 'self']

export const usualColumns: readonly ChosenColumn[] = usual.map(id => ({ id }))
export const narrowest = 40
export const widest = 480

/** Pixels that the span's name keeps beside the usual columns, beside chosen ones, and beside a column with nothing in it. */
const leastName = 280
const leastBesideChosen = 120
const leastBesideNothing = 360
/** Beside the time, which the bar shows too. */
const leastBesideTime = 160

export interface FittingColumns {
  readonly shown: readonly { readonly id: FigureColumn; readonly width: number }[]
  /** Chosen ones that have no room. */
  readonly left: readonly FigureColumn[]
  readonly nameWidth: number
}

/** Those that fit beside the names. Costs yield where the file records none. */
export function fitColumns(choice: readonly ChosenColumn[], room: number, hasCosts: boolean): FittingColumns {
  const isUsual = choice === usualColumns
  let name = room
  const fits = new Set<FigureColumn>()
  const byNeed = choice.toSorted((a, b) => needOf(a.id) - needOf(b.id))
  for (const { id, width = widthOf(id) } of byNeed) {
    const beside = id === 'time' ? leastBesideTime : id === 'cost' && !hasCosts ? leastBesideNothing : leastName
    if (name - width < (isUsual ? beside : leastBesideChosen)) continue
    name -= width
    fits.add(id)
  }
  return {
    shown: choice.flatMap(({ id, width = widthOf(id) }) => (fits.has(id) ? [{ id, width }] : [])),
    left: choice.flatMap(({ id }) => (fits.has(id) ? [] : [id])),
    nameWidth: Math.max(80, name),
  }
}

function needOf(id: FigureColumn): number {
  const at = order.indexOf(id)
  return at < 0 ? order.length : at
}

export function widthOf(id: FigureColumn): number {
  return figureColumns.find(column => column.id === id)!.width
}

export function withFigure(choice: readonly ChosenColumn[], id: FigureColumn, on: boolean): readonly ChosenColumn[] {
  const kept = choice.filter(one => one.id !== id)
  const all = on ? [...kept, { id }] : kept
  return figureColumns.flatMap(column => all.find(one => one.id === column.id) ?? [])
}

export function withWidth(choice: readonly ChosenColumn[], id: FigureColumn, width: number): readonly ChosenColumn[] {
  const kept = Math.round(Math.min(widest, Math.max(narrowest, width)))
  return choice.map(one => (one.id === id ? { id, width: kept } : one))
}

const key = 'spanwise.trace.columns'

/** What was chosen on this machine, as far as it can be read. */
export function recallColumns(): readonly ChosenColumn[] {
  try {
    const found: unknown = JSON.parse(kept.getItem(key) ?? 'null')
    if (!Array.isArray(found)) return usualColumns
    return figureColumns.flatMap(({ id }) => {
      const one: unknown = found.find(each => typeof each === 'object' && each !== null && each.id === id)
      if (!one) return []
      const width = Number((one as { readonly width?: unknown }).width)
      return [width >= narrowest && width <= widest ? { id, width } : { id }]
    })
  } catch {
    return usualColumns
  }
}

export function keepColumns(choice: readonly ChosenColumn[]): void {
  if (choice === usualColumns) kept.removeItem(key)
  else kept.setItem(key, JSON.stringify(choice))
}

import type { ChosenColumn } from './column-choice.ts'

/** How the columns of a list lie beside one another. */
export interface ColumnLayout {
  readonly columns: readonly ChosenColumn[]
  /** Columns before them: selection and star. */
  readonly lead: number
  /** Tracks of the grid. */
  readonly template: string
  /** Pixels that a row needs at least. */
  readonly least: number
  /** Pixels from the left at which a pinned column stays. */
  readonly stays: ReadonlyMap<string, number>
}

/** Between columns, and at both ends of a row, as in the style sheet. */
const gap = 14
const ends = 24
const leadWidth = 38

/** `usual`: nobody chose them, so those that do not fit leave, the least needed first. Others are scrolled to. */
export function layOutColumns(
  columns: readonly ChosenColumn[],
  width: number,
  usual: boolean,
  plain: boolean,
): ColumnLayout {
  const lead = plain ? 0 : 1
  const base = ends - gap + lead * (leadWidth + gap)
  const shown = usual ? fitting(columns, width - base) : columns
  const tracks = shown.map(({ width: least, grow, fixed }) =>
    grow && !fixed ? `minmax(${least}px, ${grow}fr)` : `${least}px`,
  )
  const stays = new Map<string, number>()
  let at = ends / 2 + lead * (leadWidth + gap)
  for (const { id, pinned, width: own } of shown) {
    if (!pinned) break
    stays.set(id, at)
    at += own + gap
  }
  return {
    columns: shown,
    lead,
    template: [...(lead ? [`${leadWidth}px`] : []), ...tracks].join(' '),
    least: base + neededBy(shown),
    stays,
  }
}

function neededBy(columns: readonly ChosenColumn[]): number {
  return columns.reduce((sum, { width }) => sum + width + gap, 0)
}

function fitting(columns: readonly ChosenColumn[], room: number): readonly ChosenColumn[] {
  let needed = neededBy(columns)
  const gone = new Set<string>()
  for (const { id, leaves, width } of columns.toSorted((a, b) => (b.leaves ?? 0) - (a.leaves ?? 0))) {
    if (needed <= room || !leaves) break
    gone.add(id)
    needed -= width + gap
  }
  return columns.filter(({ id }) => !gone.has(id))
}

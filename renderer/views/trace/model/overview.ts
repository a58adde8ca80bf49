import type { TraceTree } from '../../../../shared/contract/traces.ts'
import { waits } from '../../../../shared/tree/waits.ts'

/** Columns of equal time: about one for two pixels. */
export const overviewColumns = 400

/** A whole trace in `overviewColumns`. */
export interface Overview {
  /** For each of `tracks`: how many spans of that sort run in each column. */
  readonly running: { readonly [track in Track]: Uint32Array }
  /** Columns in which an error started. */
  readonly errors: Uint8Array
}

/** What is drawn, from top to bottom. */
export const tracks = ['model', 'tool', 'own'] as const
export type Track = (typeof tracks)[number]

/**
 * Running spans by what they wait for. Of the program's own only the leaves count: an agent runs from beginning to end,
 * and says nothing about when.
 */
export function overviewOf(tree: TraceTree, wait: Uint8Array, origins: Uint8Array, end: number): Overview {
  const columns = overviewColumns
  const steps = {
    model: new Int32Array(columns + 1),
    tool: new Int32Array(columns + 1),
    own: new Int32Array(columns + 1),
  }
  const errors = new Uint8Array(columns)
  const columnAt = (time: number) => Math.min(columns - 1, Math.max(0, Math.floor((time / end) * columns)))
  for (let row = 0; row < tree.last.length; row++) {
    const start = tree.offset[row]!
    if (Number.isNaN(start)) continue
    const duration = tree.duration[row]!
    const until = Number.isNaN(duration) ? end : start + Math.max(0, duration)
    if (origins[row] === 1) errors[columnAt(until)] = 1
    const track = waits[wait[row]!]!
    if (track === 'own' && tree.last[row]! > row) continue
    steps[track][columnAt(start)]!++
    // What ends where a column begins does not run in it.
    steps[track][Math.max(columnAt(start), Math.ceil((until / end) * columns) - 1) + 1]!--
  }
  return { running: { model: summed(steps.model), tool: summed(steps.tool), own: summed(steps.own) }, errors }
}

function summed(steps: Int32Array): Uint32Array {
  const sums = new Uint32Array(steps.length - 1)
  let now = 0
  for (let i = 0; i < sums.length; i++) sums[i] = now += steps[i]!
  return sums
}

/** Runs of columns in which as much runs, as the outline of an SVG path in columns by one. Nothing runs: no outline. */
export function outlineOf(running: Uint32Array): string {
  const most = running.reduce((max, one) => Math.max(max, one), 0)
  const parts: string[] = []
  for (let from = 0; from < running.length;) {
    const level = heightOf(running[from]!, most)
    let to = from + 1
    while (to < running.length && heightOf(running[to]!, most) === level) to++
    if (level > 0) parts.push(`M${from} 1V${trimmed(1 - level)}H${to}V1Z`)
    from = to
  }
  return parts.join('')
}

/** One that runs is seen; ten are more than one and less than ten times as much. */
function heightOf(running: number, most: number): number {
  if (running === 0) return 0
  return most <= 1 ? 1 : 0.45 + Math.round((0.55 * Math.log(running) * 20) / Math.log(most)) / 20
}

function trimmed(n: number): number {
  return Number(n.toFixed(3))
}

import type { TraceTree } from '../../../../shared/contract/traces.ts'
import { type Mark, marks } from '../../../../shared/domain/marks.ts'
import { wordsOfMark } from '../../../components/marks/mark-words.ts'
import { formatDuration } from '../../../../shared/format/times.ts'
import type { Shape } from './shape.ts'
import type { Totals } from './sums.ts'

/** The marks to show beside a span's name. */
export function warningsOf(bits: number): Mark[] {
  return bits === 0 ? [] : marks.filter((mark, i) => bits & (1 << i) && wordsOfMark(mark).warns)
}

/** One kind of oddity of a trace, and where its spans are. */
export interface Oddity {
  readonly id: Mark | 'uncosted'
  readonly count: number
  readonly text: string
  readonly long: string
  readonly warns: boolean
  has(row: number): boolean
}

/** How far a span reaches out of its parent, at most: how much the clocks differ, or work outlived what asked for it. Microseconds. */
function farthestOutside({ offset, duration }: TraceTree, { parent }: Shape): number {
  let farthest = 0
  for (let row = 0; row < parent.length; row++) {
    const above = parent[row]!
    if (above < 0) continue
    const early = offset[above]! - offset[row]!
    const late = offset[row]! + Math.max(0, duration[row]!) - offset[above]! - Math.max(0, duration[above]!)
    if (early > farthest) farthest = early
    if (late > farthest) farthest = late
  }
  return farthest
}

/** What a reader should know about a trace, warnings first. */
export function odditiesOf(tree: TraceTree, shape: Shape, totals: Totals): Oddity[] {
  const counts = new Uint32Array(marks.length)
  for (const bits of tree.marks) {
    for (let rest = bits; rest !== 0; rest &= rest - 1) {
      const bit = 31 - Math.clz32(rest & -rest)
      if (bit < marks.length) counts[bit]!++
    }
  }
  const found: Oddity[] = marks.flatMap((mark, i) => {
    const count = counts[i]!
    if (count === 0) return []
    const { one, many, long, warns } = wordsOfMark(mark)
    const far = mark === 'outside-parent' ? farthestOutside(tree, shape) : 0
    const text = `${count.toLocaleString('en-US')} ${count === 1 ? one : many}${far > 0 ? `, by up to ${formatDuration(far)}` : ''}`
    return [{ id: mark, count, text, long, warns, has: row => (tree.marks[row]! & (1 << i)) !== 0 }]
  })
  if (totals.uncosted > 0 && !Number.isNaN(totals.cost)) {
    const text = totals.uncosted === 1 ? '1 call unpriced' : `${totals.uncosted.toLocaleString('en-US')} calls unpriced`
    const long = 'The file records a cost for other calls but not for these, so every sum over them is a lower bound.'
    found.push({
      id: 'uncosted',
      count: totals.uncosted,
      text,
      long,
      warns: true,
      has: row => tree.counted[row]! > 0 && Number.isNaN(tree.cost[row]),
    })
  }
  return found.sort((a, b) => Number(b.warns) - Number(a.warns))
}

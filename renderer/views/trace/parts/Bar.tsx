import type { TraceModel } from '../model.ts'
import { barOf, selfPieces, type TimeRange } from '../model/timeline.ts'
import { hasChildren } from '../model/shape.ts'
import { describeBar, hasFailed, kindOf } from '../model/words.ts'
import { kindColor } from '../../../components/kind/kinds.ts'
import styles from './timeline.module.css'

interface Props {
  readonly model: TraceModel
  readonly row: number
  readonly range: TimeRange
  /** Width of the lane in pixels: what is finer is not drawn. */
  readonly width: number
}

/**
 * One row's drawing, hidden from assistive technology: its cell says it in words. Light until the first token and
 * while children run, solid where the span itself works.
 */
export function Bar({ model, row, range, width }: Props) {
  const { tree, shape, whole } = model
  const bar = barOf(tree, row, range, whole)
  if (!bar) return <Elsewhere model={model} row={row} range={range} />
  const solid = hasChildren(shape, row)
    ? piecesIn(selfPieces(tree, shape, row, range, (range.to - range.from) / Math.max(1, width)), range, bar)
    : bar.wait > 0
      ? [bar.wait, 1]
      : [0, 1]
  const failed = hasFailed(tree, row)
  return (
    <span className={styles.lane} title={describeBar(tree, row, whole)} aria-hidden>
      <span
        className={styles.bar}
        data-failed={failed || undefined}
        data-unfinished={bar.unfinished || undefined}
        data-cut-left={bar.cutLeft || undefined}
        data-cut-right={bar.cutRight || undefined}
        style={{
          left: percent(bar.left),
          width: percent(bar.width),
          color: kindColor(kindOf(tree, row)),
          backgroundImage: stripes(solid),
        }}
      />
      {failed && (
        <span className={styles.cross} style={{ left: `min(${percent(bar.left + bar.width)}, 100% - 10px)` }}>
          ✕
        </span>
      )}
    </span>
  )
}

/** An arrow to where the bar is, when it is outside the shown time. */
function Elsewhere({ model, row, range }: Omit<Props, 'width'>) {
  const start = model.tree.offset[row]!
  if (Number.isNaN(start)) return null
  const before = start < range.from
  return (
    <span className={styles.lane} aria-hidden>
      <span className={styles.elsewhere} style={before ? { left: 0 } : { right: 0 }}>
        {before ? '‹' : '›'}
      </span>
    </span>
  )
}

/** Times to shares of the bar. */
function piecesIn(times: readonly number[], range: TimeRange, bar: { left: number; width: number }): number[] {
  const length = range.to - range.from
  const from = range.from + bar.left * length
  return times.map(time => (bar.width === 0 ? 0 : (time - from) / (bar.width * length)))
}

/** Solid on the given shares, light elsewhere, as one background: no element a piece. */
function stripes(solid: readonly number[]): string {
  if (solid.length === 2 && solid[0] === 0 && solid[1] === 1) return 'linear-gradient(currentColor, currentColor)'
  const light = 'color-mix(in srgb, currentColor var(--light-part), transparent)'
  const stops = [`${light} 0`]
  for (let i = 0; i + 1 < solid.length; i += 2) {
    const from = percent(solid[i]!)
    const to = percent(solid[i + 1]!)
    stops.push(`${light} ${from}`, `currentColor ${from}`, `currentColor ${to}`, `${light} ${to}`)
  }
  return `linear-gradient(to right, ${stops.join(', ')}, ${light} 100%)`
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(4))}%`
}

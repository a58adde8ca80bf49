import type { TraceTree } from '../../../../shared/contract/traces.ts'
import type { TraceModel } from '../model.ts'
import { criticalPieces } from '../model/critical.ts'
import { type Bar as BarPlace, barOf, selfPieces, type TimeRange } from '../model/timeline.ts'
import { hasChildren } from '../model/shape.ts'
import { hasFailed, kindOf } from '../model/words.ts'
import { kindColor } from '../../../components/kind/kinds.ts'
import { EventTicks } from './EventTicks.tsx'
import styles from './timeline.module.css'

interface Props {
  readonly model: TraceModel
  readonly row: number
  readonly range: TimeRange
  /** Width of the lane in pixels: what is finer is not drawn. */
  readonly width: number
  /** Whether the critical path is drawn. */
  readonly critical: boolean
}

/**
 * One row's drawing; its cell says it in words. Light until the first token and while children run, solid where the span
 * itself works.
 */
export function Bar({ model, row, range, width, critical }: Props) {
  const { tree, shape, whole } = model
  const bar = barOf(tree, row, range, whole)
  if (!bar) return <Elsewhere model={model} row={row} range={range} />
  const finest = (range.to - range.from) / Math.max(1, width)
  const solid = hasChildren(shape, row)
    ? piecesIn(selfPieces(tree, shape, row, range, finest), range, bar)
    : bar.wait > 0
      ? [bar.wait, 1]
      : [0, 1]
  const work = solid.length === 0 ? 'none' : solid.length === 2 && solid[0] === 0 && solid[1] === 1 ? 'all' : 'some'
  const failed = hasFailed(tree, row)
  return (
    <>
      <span
        className={styles.bar}
        data-work={work}
        data-failed={failed || undefined}
        data-unfinished={bar.unfinished || undefined}
        data-cut-left={bar.cutLeft || undefined}
        data-cut-right={bar.cutRight || undefined}
        style={{
          left: percent(bar.left),
          width: percent(bar.width),
          color: kindColor(kindOf(tree, row)),
          ...(work === 'some' ? { backgroundImage: stripes(solid) } : {}),
        }}
      />
      {bar.wait > 0 && bar.wait < 1 && (
        <span className={styles.firstToken} style={{ left: percent(bar.left + bar.wait * bar.width) }} />
      )}
      <EventTicks id={tree.id[row]!} start={tree.offset[row]!} range={range} width={width} />
      {critical && <CriticalLine tree={tree} row={row} range={range} finest={finest} bar={bar} />}
      {failed && (
        <span
          className={styles.cross}
          aria-hidden
          style={{ left: `min(${percent(bar.left + bar.width)}, 100% - 10px)` }}
        >
          ✕
        </span>
      )}
    </>
  )
}

/** A line with a halo, so that it reads on a bar of any colour. */
function CriticalLine(props: Pick<Props, 'row' | 'range'> & { tree: TraceTree; finest: number; bar: BarPlace }) {
  const { tree, row, range, finest, bar } = props
  const pieces = piecesIn(criticalPieces(tree, row, range, finest), range, bar)
  if (pieces.length === 0) return null
  const lines = [line(pieces, 'var(--critical)'), line(pieces, 'var(--bg)')].join(', ')
  return (
    <span
      className={styles.critical}
      style={{ left: percent(bar.left), width: percent(bar.width), backgroundImage: lines }}
    />
  )
}

function line(pieces: readonly number[], color: string): string {
  const stops = ['transparent 0']
  for (let i = 0; i + 1 < pieces.length; i += 2) {
    const from = percent(pieces[i]!)
    const to = percent(pieces[i + 1]!)
    stops.push(`transparent ${from}`, `${color} ${from}`, `${color} ${to}`, `transparent ${to}`)
  }
  return `linear-gradient(to right, ${stops.join(', ')}, transparent 100%)`
}

/** An arrow to where the bar is, when it is outside the shown time. */
function Elsewhere({ model, row, range }: Omit<Props, 'width' | 'critical'>) {
  const start = model.tree.offset[row]!
  if (Number.isNaN(start)) return null
  const before = start < range.from
  return (
    <span className={styles.elsewhere} aria-hidden style={before ? { left: 0 } : { right: 0 }}>
      {before ? '‹' : '›'}
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
  const light = 'var(--light)'
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

import { memo } from 'react'
import { formatCount } from '../../../../shared/format/numbers.ts'
import { formatDate, formatTime } from '../../../../shared/format/times.ts'
import styles from './histogram.module.css'
import type { Bars } from './use-histogram.ts'

interface Props {
  readonly bars: Bars
  readonly range: { readonly from: number; readonly to: number } | undefined
  readonly hovered: number | undefined
}

const height = 44

/** The drawing; whoever does not see it has the words and the table. */
export function Chart({ bars, range, hovered }: Props) {
  const { buckets, start, width, most } = bars
  const end = start + width * buckets
  const marked = range ?? (hovered === undefined ? undefined : { from: hovered, to: hovered })
  return (
    <div aria-hidden="true">
      <svg viewBox={`0 0 ${buckets} ${height}`} preserveAspectRatio="none" className={styles.bars}>
        {marked && (
          <rect
            x={marked.from}
            width={marked.to - marked.from + 1}
            height={height}
            className={range ? styles.chosen : styles.hovered}
          />
        )}
        <Stacks bars={bars} />
      </svg>
      <div className={styles.axis}>
        <span>{axisLabel(start, width)}</span>
        <span className={styles.most}>{formatCount(most)} at most</span>
        <span>{axisLabel(end, width)}</span>
      </div>
    </div>
  )
}

/** The dearest part of the drawing: a pointer that moves over it draws only the mark anew. */
const Stacks = memo(function Stacks({ bars }: { readonly bars: Bars }) {
  const { buckets, series, most } = bars
  const base = new Float64Array(buckets)
  return series.map(({ label, color, counts }) => {
    let path = ''
    for (let i = 0; i < buckets; i++) {
      const count = counts[i]!
      if (count === 0) continue
      // One row in a million shows, if barely.
      const tall = Math.max((count / most) * height, 0.8)
      path += `M${i + 0.08} ${height - base[i]!}h.84v${-tall}h-.84z`
      base[i]! += tall
    }
    return <path key={label} d={path} fill={color} />
  })
})

function axisLabel(time: number, width: number): string {
  if (width >= 86_400e6) return formatDate(time)
  const clock = formatTime(time)
  return `${formatDate(time)} ${width >= 60e6 ? clock.slice(0, 5) : width >= 1e6 ? clock.slice(0, 8) : clock}`
}

import { formatMoney } from '../../../../shared/format/numbers.ts'
import { formatDate, formatDateTime } from '../../../../shared/format/times.ts'
import styles from './table.module.css'
import type { Trends } from '../model/trends.ts'

interface Props {
  readonly trends: Trends
  readonly id: string
}

const [step, bar, height] = [4, 3, 16]

/** Little bars of what a row cost in equal stretches of time; the tallest is the row's own dearest. */
export function Sparkline({ trends: { unit, bins, from, to, rows }, id }: Props) {
  const values = rows.get(id)
  if (!values) return null
  const dearest = values.reduce((most, value) => Math.max(most, value), 0)
  const at = values.indexOf(dearest)
  const began = (from + ((to - from) * at) / bins) * 1000
  // Days are those of the reader's clock already.
  const when = unit === 'day' ? formatDate(began, 'UTC') : formatDateTime(began)
  const words = `dearest from ${when}: ${formatMoney(dearest)}`
  return (
    <>
      <svg
        className={styles.spark}
        viewBox={`0 0 ${bins * step} ${height}`}
        width={Math.min(96, bins * step)}
        height={height}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        <title>{words}</title>
        {Array.from(values, (value, bin) => {
          const tall = value > 0 ? Math.max(1, (value / dearest) * height) : 0
          return <rect key={bin} x={bin * step} y={height - tall} width={bar} height={tall} />
        })}
      </svg>
      <span className="spoken">{words}</span>
    </>
  )
}

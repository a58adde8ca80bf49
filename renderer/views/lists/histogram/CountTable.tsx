import { formatCount } from '../../../../shared/format/numbers.ts'
import { formatDateTime } from '../../../../shared/format/times.ts'
import { ScrollRegion } from '../../../components/scroll-region/ScrollRegion.tsx'
import styles from './histogram.module.css'
import type { Bars } from './use-histogram.ts'

interface Props {
  readonly bars: Bars
  readonly choose: (bucket: number) => void
}

/** Every number of the drawing. Stretches without rows are left out, and counted. */
export function CountTable({ bars, choose }: Props) {
  const { start, width, series, totals, undated, outside } = bars
  const used = [...totals.keys()].filter(i => totals[i]! > 0)
  const several = series.length > 1
  return (
    <ScrollRegion className={styles.table} label="Counts over time">
      <table>
        <thead>
          <tr>
            <th scope="col">From</th>
            <th scope="col">All</th>
            {several &&
              series.map(({ label }) => (
                <th key={label} scope="col">
                  {label}
                </th>
              ))}
          </tr>
        </thead>
        <tbody>
          {used.map(i => (
            <tr key={i}>
              <th scope="row">
                <button type="button" className={styles.link} onClick={() => choose(i)}>
                  {formatDateTime(start + i * width).replace(/(:00)?\.000$/, '')}
                </button>
              </th>
              <td>{formatCount(totals[i])}</td>
              {several && series.map(({ label, counts }) => <td key={label}>{formatCount(counts[i])}</td>)}
            </tr>
          ))}
          {[['before 2000', outside] as const, ['undated', undated] as const].map(
            ([label, count]) =>
              count > 0 && (
                <tr key={label}>
                  <th scope="row">{label}</th>
                  <td>{formatCount(count)}</td>
                  {several && series.map(one => <td key={one.label}>—</td>)}
                </tr>
              ),
          )}
        </tbody>
      </table>
      {used.length < totals.length && (
        <p className={styles.note}>{formatCount(totals.length - used.length)} stretches without rows are left out.</p>
      )}
    </ScrollRegion>
  )
}

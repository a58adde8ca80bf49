import { LoaderCircle, OctagonAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { formatCount, formatMoney, formatTokens } from '../../../../shared/format/numbers.ts'
import { formatDate, formatDuration, formatTime } from '../../../../shared/format/times.ts'
import { visibleLine } from '../../../../shared/format/visible-text.ts'
import { valueMark } from '../../../components/value/value-desk.ts'
import type { TraceLine } from '../features.ts'
import { costWords } from '../model/cost-words.ts'
import styles from '../traces.module.css'

interface Props {
  readonly line: TraceLine
}

export function StartedCell({ line: { row } }: Props) {
  if (!row) return <span className={styles.waiting}>…</span>
  if (row.start === undefined) return <span className={styles.faint}>no time</span>
  return (
    <>
      <span className={styles.faint}>{formatDate(row.start)}&nbsp;</span> {formatTime(row.start)}
    </>
  )
}

export function NameCell({ line: { row } }: Props) {
  if (!row) return null
  return (
    <>
      {row.growing && (
        <span className={styles.growing} title="Its import is still running: this trace may grow.">
          <LoaderCircle size={11} aria-label="growing" role="img" />
        </span>
      )}
      <span className={styles.name} {...valueMark('name', row.name)}>
        {visibleLine(row.name, 200) || <span className={styles.faint}>unnamed</span>}
      </span>
    </>
  )
}

export function SessionCell({ line: { row } }: Props) {
  if (!row?.session) return null
  return <span {...valueMark('session', row.session)}>{visibleLine(row.session, 120)}</span>
}

export function InputCell({ line: { input } }: Props) {
  return <span className={styles.muted}>{input ? visibleLine(input, 200) : ''}</span>
}

/** Some of a trace's spans: none of them is nothing to look at. */
export function PartCell({ count }: { readonly count: number | undefined }) {
  return <span className={count === 0 ? styles.faint : undefined}>{count === undefined ? '' : formatCount(count)}</span>
}

export function TokensCell({ line: { row }, count }: Props & { readonly count: number | undefined }) {
  if (!row) return null
  return (
    <span
      className={count === undefined ? styles.faint : undefined}
      title={count === undefined ? undefined : formatCount(count)}
    >
      {formatTokens(count)}
    </span>
  )
}

export function CostCell({ line: { row } }: Props) {
  if (!row) return null
  const words = costWords(row)
  return (
    <Shared part={row.cost} whole="--most-cost" title={words}>
      <span className={row.cost === undefined ? styles.faint : undefined}>{formatMoney(row.cost)}</span>
      {words && row.cost !== undefined && <span className={styles.doubt}> ?</span>}
      {words && <span className="spoken"> ({words})</span>}
    </Shared>
  )
}

export function DurationCell({ line: { row } }: Props) {
  if (!row) return null
  return (
    <Shared part={row.duration} whole="--most-duration">
      {row.duration === undefined ? <span className={styles.faint}>—</span> : formatDuration(row.duration)}
    </Shared>
  )
}

export function ErrorsCell({ line: { row } }: Props) {
  if (!row || row.errors === 0) return null
  return (
    <span className={styles.errors}>
      <OctagonAlert size={11} aria-hidden="true" /> {formatCount(row.errors)}
      <span className="spoken"> errors</span>
    </span>
  )
}

interface SharedProps {
  readonly part: number | undefined
  /** The property of the grid that holds the largest one in sight: scrolling changes it and no cell renders again. */
  readonly whole: `--most-${string}`
  readonly title?: string | undefined
  readonly children: ReactNode
}

/** A number before a bar that shows its share of the largest one in sight. */
function Shared({ part, whole, title, children }: SharedProps) {
  const width = `calc(100% * min(1, ${part ?? 0} / var(${whole})))`
  return (
    <span className={styles.shared} title={title}>
      {part !== undefined && part > 0 && <span className={styles.share} style={{ width }} />}
      <span className={styles.sharedText}>{children}</span>
    </span>
  )
}

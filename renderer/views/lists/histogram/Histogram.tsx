import { ChartColumn, Table } from 'lucide-react'
import { useId, useRef, useState, type PointerEvent } from 'react'
import type { ListKind } from '../../../../shared/contract/lists.ts'
import { formatCount, formatPlural } from '../../../../shared/format/numbers.ts'
import { formatDateTime } from '../../../../shared/format/times.ts'
import { addClause } from '../../../../shared/query/edit.ts'
import { announce } from '../../../app/announce.ts'
import { useCommands, useDismiss } from '../../../app/view.ts'
import { IconButton } from '../../../components/button/Button.tsx'
import { timeOf, withTime } from '../../../components/query-bar/model/time-range.ts'
import { useWidth } from '../../../components/use-width.ts'
import { kept as storage } from '../../../state/kept.ts'
import { groupFields } from '../model/columns.ts'
import { timeClause } from '../model/time-clause.ts'
import { titles } from '../model/titles.ts'
import { Chart } from './Chart.tsx'
import { histogramCommands } from './commands.ts'
import { CountTable } from './CountTable.tsx'
import styles from './histogram.module.css'
import { SplitMenu } from './SplitMenu.tsx'
import { useHistogram, type Bars } from './use-histogram.ts'

interface Props {
  readonly kind: ListKind
  /** The query whose rows are shown. */
  readonly query: string
  /** What stands in the bar: edited. */
  readonly text: string
  readonly edit: (text: string) => void
}

/** First and last bucket. */
interface Range {
  readonly from: number
  readonly to: number
}

const splitKey = 'spanwise.histogramSplit'
const narrowest = 7

/** When the rows of a list started. A stretch, dragged or chosen with the keys, becomes a clause of the query. */
export function Histogram({ kind, query, text, edit }: Props) {
  const id = useId()
  const box = useRef<HTMLDivElement>(null)
  // Not the drawing's: it gives way to the table.
  const frame = useRef<HTMLElement>(null)
  const width = useWidth(frame, 900)
  const [split, setSplit] = useState(() => recallSplit(kind))
  const [asTable, setAsTable] = useState(false)
  const [range, setRange] = useState<Range>()
  const [hovered, setHovered] = useState<number>()
  const most = Math.max(10, Math.min(160, Math.floor(width / narrowest)))
  const { bars, undated, outside, slow, error } = useHistogram(kind, query, split, most)
  useDismiss(range !== undefined, () => setRange(undefined))

  const apply = ({ from, to }: Range) => {
    if (!bars) return
    setRange(undefined)
    edit(withTime(text, timeClause(bars.start + from * bars.width, bars.start + (to + 1) * bars.width)))
  }
  const say = (next: Range) => bars && announce(wordsOf(bars, next, kind))
  const move = (by: number, extend: boolean) => {
    if (!bars) return
    const at = range ? (extend ? range.to : by > 0 ? range.to : range.from) + by : by > 0 ? 0 : bars.buckets - 1
    const to = Math.max(0, Math.min(bars.buckets - 1, at))
    const next = { from: extend && range ? range.from : to, to }
    setRange(next)
    say(sorted(next))
  }
  const has = () => bars !== undefined
  useCommands(
    [
      { ...histogramCommands.next, when: has, run: () => move(1, false) },
      { ...histogramCommands.previous, when: has, run: () => move(-1, false) },
      { ...histogramCommands.extendNext, when: has, run: () => move(1, true) },
      { ...histogramCommands.extendPrevious, when: has, run: () => move(-1, true) },
      { ...histogramCommands.apply, when: () => range !== undefined, run: () => range && apply(sorted(range)) },
    ],
    { within: box },
  )
  const bucketAt = (event: PointerEvent) => {
    const { left, width: wide } = event.currentTarget.getBoundingClientRect()
    const buckets = bars?.buckets ?? 1
    return Math.max(0, Math.min(buckets - 1, Math.floor(((event.clientX - left) / wide) * buckets)))
  }
  const dragging = useRef(false)
  const chosen = range && sorted(range)
  const told = chosen ?? (hovered === undefined ? undefined : { from: hovered, to: hovered })
  const time = timeOf(text)
  return (
    <section ref={frame} className={styles.histogram} aria-label="Over time" data-pane="Histogram" data-toolbar>
      <div className={styles.head}>
        <SplitMenu
          kind={kind}
          split={split}
          choose={next => {
            setSplit(next)
            keepSplit(next)
          }}
        />
        {bars && <Legend bars={bars} />}
        <span className={styles.told} aria-hidden="true">
          {bars && told ? wordsOf(bars, told, kind) : ''}
        </span>
        <span className={styles.push} />
        {outside > 0 && (
          <button type="button" className={styles.link} onClick={() => edit(addClause(text, 'started:<2000-01-01'))}>
            {formatCount(outside)} before 2000
          </button>
        )}
        {undated > 0 && (
          <button type="button" className={styles.link} onClick={() => edit(addClause(text, '-has:started'))}>
            {formatCount(undated)} undated
          </button>
        )}
        {time !== undefined && (
          <button type="button" className={styles.link} onClick={() => edit(withTime(text, undefined))}>
            Any time
          </button>
        )}
        <IconButton
          label={asTable ? 'Show as bars' : 'Show as a table'}
          aria-pressed={asTable}
          onClick={() => setAsTable(!asTable)}
        >
          {asTable ? <ChartColumn /> : <Table />}
        </IconButton>
      </div>
      {error && <p className={styles.note}>It could not be counted: {error.message}</p>}
      {!bars && !error && undated > 0 && <p className={styles.note}>None of these rows says when it started.</p>}
      {asTable && bars ? (
        <CountTable bars={bars} choose={i => apply({ from: i, to: i })} />
      ) : (
        <div
          ref={box}
          role="group"
          // The bars are one Tab stop: the keys choose a stretch.
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
          tabIndex={0}
          aria-label={`${titles[kind].title} over time`}
          aria-describedby={`${id}-keys`}
          className={styles.chart}
          data-old={slow || undefined}
          onPointerDown={event => {
            if (event.button !== 0 || !bars) return
            event.currentTarget.setPointerCapture(event.pointerId)
            dragging.current = true
            const at = bucketAt(event)
            setRange({ from: at, to: at })
          }}
          onPointerMove={event => {
            const at = bucketAt(event)
            setHovered(at)
            if (dragging.current) setRange(now => ({ from: now?.from ?? at, to: at }))
          }}
          onPointerUp={event => {
            if (!dragging.current) return
            dragging.current = false
            const at = bucketAt(event)
            apply(sorted({ from: range?.from ?? at, to: at }))
          }}
          onPointerCancel={() => {
            dragging.current = false
            setRange(undefined)
          }}
          onPointerLeave={() => setHovered(undefined)}
        >
          {bars && <Chart bars={bars} range={chosen} hovered={hovered} />}
        </div>
      )}
      <p id={`${id}-keys`} className="spoken">
        Left and Right choose a stretch of time, Shift makes it longer, Enter asks for it. The table has every number.
      </p>
    </section>
  )
}

function Legend({ bars }: { readonly bars: Bars }) {
  if (bars.series.length < 2) return null
  return (
    <ul className={styles.legend} aria-label="Colours">
      {bars.series.map(({ label, color, counts }) => (
        <li key={label}>
          <span className={styles.swatch} style={{ background: color }} />
          {label} <span className={styles.faint}>{formatCount(counts.reduce((a, b) => a + b, 0))}</span>
        </li>
      ))}
    </ul>
  )
}

function sorted({ from, to }: Range): Range {
  return from <= to ? { from, to } : { from: to, to: from }
}

/** Exact: from when to when, how many, and of what. */
function wordsOf({ start, width, series, totals }: Bars, { from, to }: Range, kind: ListKind): string {
  const sum = (counts: Uint32Array): number => counts.subarray(from, to + 1).reduce((a, b) => a + b, 0)
  const parts =
    series.length < 2
      ? []
      : series.flatMap(({ label, counts }) => (sum(counts) > 0 ? [`${formatCount(sum(counts))} ${label}`] : []))
  const until = formatDateTime(start + (to + 1) * width)
  const since = formatDateTime(start + from * width)
  const end = until.slice(0, 10) === since.slice(0, 10) ? until.slice(11) : until
  const more = parts.length > 0 ? `: ${parts.join(', ')}` : ''
  return `${trimTime(since)} to ${trimTime(end)}, ${formatPlural(sum(totals), titles[kind].one)}${more}`
}

function trimTime(time: string): string {
  return time.replace(/\.000$/, '').replace(/:00$/, '')
}

function recallSplit(kind: ListKind): string {
  const kept = storage.getItem(splitKey)
  return kept !== null && (kept === '' || groupFields(kind).some(({ id }) => id === kept)) ? kept : 'outcome'
}

function keepSplit(split: string): void {
  if (split === 'outcome') storage.removeItem(splitKey)
  else storage.setItem(splitKey, split)
}

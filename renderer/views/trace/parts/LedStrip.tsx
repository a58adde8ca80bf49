import { ChevronDown, ChevronUp, X } from 'lucide-react'
import { formatCount, formatPlural } from '../../../../shared/format/numbers.ts'
import { visibleLine } from '../../../../shared/format/visible-text.ts'
import { IconButton } from '../../../components/button/Button.tsx'
import styles from '../trace.module.css'
import type { Led } from '../use-led.ts'

interface Props {
  readonly led: Led
  readonly spans: number
  /** Whether the selected row is one of them, and which. */
  readonly at: number | undefined
  readonly go: (by: 1 | -1) => void
  readonly forget: () => void
}

/** The query that led to this trace: how many of its spans match, and the way from one to the next. */
export function LedStrip({ led, spans, at, go, forget }: Props) {
  const { rows, count, text } = led
  return (
    <div className={styles.led} role="group" aria-label="Matching spans">
      <span>
        {!rows
          ? 'Looking for what matches '
          : count === 0
            ? 'No span here matches '
            : `${formatCount(count)} of ${formatPlural(spans, 'span')} ${count === 1 ? 'matches' : 'match'} `}
        <code>{visibleLine(text, 160)}</code>
      </span>
      {at !== undefined && (
        <output className={styles.ledAt}>
          <span className="spoken">match </span>
          {formatCount(at)} / {formatCount(count)}
        </output>
      )}
      <IconButton
        label="Previous matching span"
        title="Previous matching span (Shift+N)"
        disabled={count === 0}
        onClick={() => go(-1)}
      >
        <ChevronUp />
      </IconButton>
      <IconButton
        label="Next matching span"
        title="Next matching span (n)"
        disabled={count === 0}
        onClick={() => go(1)}
      >
        <ChevronDown />
      </IconButton>
      <IconButton label="Forget the query" onClick={forget}>
        <X />
      </IconButton>
    </div>
  )
}

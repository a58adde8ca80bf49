import { useMemo, useRef, useState } from 'react'
import { formatBytes, formatCount } from '../../../shared/format/numbers.ts'
import { visibleText } from '../../../shared/format/visible-text.ts'
import { useHits, useMarkedHits } from '../hits/use-hits.ts'
import styles from './json.module.css'
import { firstLines } from './first-lines.ts'
import { Coloured } from './Coloured.tsx'
import { TextPieces } from './TextPieces.tsx'

/** A longer text is shown in pieces, of which those near what is seen are made. */
const longestWhole = 64 * 1024

interface Props {
  readonly text: string
  readonly look?: 'prose' | 'mono' | 'json'
  /** Shows this many lines first, where the text has clearly more. */
  readonly fold?: number
}

/** A text of any length from a trace: inert, and hidden characters made visible. A long one may start with its first lines. */
export function LongText({ text, look = 'prose', fold }: Props) {
  const [unfolded, setUnfolded] = useState(false)
  const lastHit = useHits(text).at(-1)?.to ?? 0
  const most = fold ?? (text.length > longestWhole ? firstOfMany : undefined)
  const folded = useMemo(
    () => (most === undefined || unfolded ? undefined : firstLines(text, most)),
    [most, unfolded, text],
  )
  // What was looked for is not hidden.
  const head = folded && lastHit > folded.text.length ? undefined : folded
  if (!head && text.length > longestWhole) return <TextPieces text={text} look={look} />
  return (
    <>
      <WholeText text={head?.text ?? text} look={look} more={head !== undefined} />
      {head && (
        <button type="button" className={styles.more} onClick={() => setUnfolded(true)}>
          Show all{' '}
          {text.length > longestWhole
            ? formatBytes(text.length)
            : head.lines > most!
              ? `${formatCount(head.lines)} lines`
              : `${formatCount(text.length)} characters`}
        </button>
      )}
    </>
  )
}

/** Lines of a very long text that are shown first where nobody says how many. */
const firstOfMany = 60

interface WholeProps {
  readonly text: string
  readonly look: NonNullable<Props['look']>
  readonly more: boolean
}

function WholeText({ text, look, more }: WholeProps) {
  const element = useRef<HTMLDivElement>(null)
  const shown = useMemo(() => visibleText(text), [text])
  useMarkedHits(element, shown)
  return (
    <div ref={element} className={look === 'prose' ? styles.prose : styles.mono}>
      {look === 'json' ? <Coloured json={shown} /> : shown}
      {more && '…'}
    </div>
  )
}

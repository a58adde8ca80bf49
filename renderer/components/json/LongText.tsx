import { useMemo, useRef, useState } from 'react'
import { formatBytes, formatCount } from '../../../shared/format/numbers.ts'
import { visibleText } from '../../../shared/format/visible-text.ts'
import { useHits, useMarkedHits } from '../hits/use-hits.ts'
import styles from './json.module.css'
import { tokenize } from './pretty.ts'

/** Characters shown before "show more". */
const firstPart = 64 * 1024
/** Characters that are coloured: beyond them every colour would cost more than it tells. */
const mostColoured = 64 * 1024
/** Characters shown to bring a hit of the query in sight. */
const mostForHits = 1024 * 1024

interface Props {
  readonly text: string
  readonly look?: 'prose' | 'mono' | 'json'
  /** Shows this many lines first, where the text has clearly more. */
  readonly fold?: number
}

/** A text of any length from a trace: inert, hidden characters made visible, long ones shown in part with their size. */
export function LongText({ text, look = 'prose', fold }: Props) {
  const [wanted, setLimit] = useState(firstPart)
  const [unfolded, setUnfolded] = useState(false)
  const element = useRef<HTMLDivElement>(null)
  const lastHit = useHits(text).at(-1)?.to ?? 0
  const limit = lastHit > wanted && lastHit <= mostForHits ? lastHit + firstPart : wanted
  const folded = fold === undefined || unfolded ? undefined : firstLines(text, fold)
  // What was looked for is not hidden.
  const head = folded && lastHit > folded.text.length ? undefined : folded
  const part = head?.text ?? (text.length > limit ? text.slice(0, limit) : text)
  const shown = useMemo(() => visibleText(part), [part])
  useMarkedHits(element, shown)
  return (
    <>
      <div ref={element} className={look === 'prose' ? styles.prose : styles.mono}>
        {look === 'json' && shown.length <= mostColoured ? <Coloured json={shown} /> : shown}
        {head && '…'}
      </div>
      {head && (
        <button type="button" className={styles.more} onClick={() => setUnfolded(true)}>
          Show all {head.lines > fold! ? `${formatCount(head.lines)} lines` : `${formatCount(text.length)} characters`}
        </button>
      )}
      {!head && text.length > limit && (
        <button type="button" className={styles.more} onClick={() => setLimit(limit * 8)}>
          Show more: {formatBytes(limit)} of {formatBytes(text.length)}
        </button>
      )}
    </>
  )
}

function Coloured({ json }: { readonly json: string }) {
  return tokenize(json).map((token, i) =>
    token.kind === 'plain' ? (
      token.text
    ) : (
      // Tokens have no identity of their own, and never move.
      // oxlint-disable-next-line react/no-array-index-key
      <span key={i} className={styles[token.kind]}>
        {token.text}
      </span>
    ),
  )
}

const foldedCharacters = 160

/** Undefined when the text is not clearly longer than `lines` lines. */
function firstLines(text: string, lines: number): { readonly text: string; readonly lines: number } | undefined {
  let end = -1
  let count = 1
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
    if (count === lines) end = at
    count++
  }
  const most = lines * foldedCharacters
  if (count <= lines + 2 && text.length <= most * 1.5) return undefined
  return { text: text.slice(0, Math.min(end < 0 ? Infinity : end, most)), lines: count }
}

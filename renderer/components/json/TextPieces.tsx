import { ChevronDown, ChevronUp } from 'lucide-react'
import { useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import { formatBytes, formatCount } from '../../../shared/format/numbers.ts'
import { visibleText } from '../../../shared/format/visible-text.ts'
import { announce } from '../../app/announce.ts'
import { IconButton } from '../button/Button.tsx'
import { FarRows } from '../far-rows/FarRows.tsx'
import { markNow, rangesOf } from '../hits/mark-hits.ts'
import { reveal } from '../hits/reveal.ts'
import { useHits, useMarkedHits } from '../hits/use-hits.ts'
import { Coloured } from './Coloured.tsx'
import styles from './json.module.css'
import { findAll, mostFound, pieceAt, piecesOf } from './pieces.ts'

interface Props {
  readonly text: string
  readonly look: 'prose' | 'mono' | 'json'
}

/** A text of many pages, all of it: pieces near what is seen are made, and one can find in the whole. */
export function TextPieces({ text, look }: Props) {
  const starts = useMemo(() => piecesOf(text), [text])
  const [wanted, setWanted] = useState('')
  const needle = useDeferredValue(wanted)
  const known = useMemo(() => findAll(text, needle), [text, needle])
  const [at, setAt] = useState(-1)
  useEffect(() => () => markNow(undefined), [])
  const hits = useHits(text)
  const marked = useMemo(() => new Set(hits.map(({ from }) => pieceAt(starts, from))), [hits, starts])
  const target = at >= 0 && at < known.length ? known[at] : undefined
  const targetPiece = target === undefined ? -1 : pieceAt(starts, target)
  const needed = useCallback(
    (from: number, to: number) => {
      if (targetPiece >= from && targetPiece < to) return true
      for (const piece of marked) if (piece >= from && piece < to) return true
      return false
    },
    [marked, targetPiece],
  )
  const go = (by: 1 | -1) => {
    // Enter may come before what was typed has been looked for.
    const found = wanted === needle ? known : findAll(text, wanted)
    if (found.length === 0) return announce('Not found in this text')
    const next = at < 0 ? (by > 0 ? 0 : found.length - 1) : (at + by + found.length) % found.length
    setAt(next)
    announce(`${next + 1} of ${found.length}`)
  }
  return (
    <div>
      <div className={styles.find}>
        <input
          type="search"
          value={wanted}
          placeholder={`Find in ${formatBytes(text.length)}`}
          aria-label="Find in this text"
          spellCheck={false}
          onChange={event => {
            setWanted(event.target.value)
            setAt(-1)
            markNow(undefined)
          }}
          onKeyDown={event => {
            if (event.key !== 'Enter') return
            event.preventDefault()
            go(event.shiftKey ? -1 : 1)
          }}
        />
        <output className={styles.found}>
          {needle === ''
            ? ''
            : `${at < 0 ? '' : `${formatCount(at + 1)} of `}${formatCount(known.length)}${known.length === mostFound ? '+' : ''}`}
        </output>
        <IconButton label="Previous place" disabled={known.length === 0} onClick={() => go(-1)}>
          <ChevronUp />
        </IconButton>
        <IconButton label="Next place" disabled={known.length === 0} onClick={() => go(1)}>
          <ChevronDown />
        </IconButton>
      </div>
      <FarRows
        count={starts.length - 1}
        together={1}
        guess={(from, to) => heightOf(starts[to]! - starts[from]!, look)}
        needed={needed}
      >
        {piece => (
          <Piece
            key={piece}
            text={text.slice(starts[piece], starts[piece + 1])}
            look={look}
            target={piece === targetPiece ? { needle, before: target! - starts[piece]! } : undefined}
          />
        )}
      </FarRows>
    </div>
  )
}

/** Pixels, about: lines of prose are long, those of JSON are not. */
function heightOf(characters: number, look: Props['look']): number {
  return Math.ceil((characters / (look === 'json' ? 30 : 70)) * 18)
}

interface PieceProps extends Props {
  /** What was found, and how many characters stand before it in the piece. */
  readonly target: { readonly needle: string; readonly before: number } | undefined
}

function Piece({ text, look, target }: PieceProps) {
  const element = useRef<HTMLDivElement>(null)
  const shown = useMemo(() => visibleText(text), [text])
  useMarkedHits(element, shown)
  const needle = target?.needle
  const before = target && visibleText(text.slice(0, target.before)).length
  useEffect(() => {
    if (needle === undefined || before === undefined || !element.current) return
    const [range] = rangesOf(element.current, [{ from: before, to: before + needle.length }])
    if (!range) return
    markNow(range)
    reveal(range)
  }, [needle, before])
  return (
    <div ref={element} className={look === 'prose' ? styles.prose : styles.mono}>
      {look === 'json' ? <Coloured json={shown} /> : shown}
    </div>
  )
}

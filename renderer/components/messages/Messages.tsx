import { useCallback, useContext, useMemo, useState } from 'react'
import type { Message } from '../../../shared/domain/message.ts'
import { formatCount, formatPlural } from '../../../shared/format/numbers.ts'
import { useStore } from '../../state/store.ts'
import { FarRows } from '../far-rows/FarRows.tsx'
import { HitsContext } from '../hits/hits.ts'
import { hitNow } from '../hits/mark-hits.ts'
import { joinToolResults } from './join.ts'
import { MessageView, partName } from './MessageView.tsx'
import styles from './messages.module.css'
import { read, reading } from './reading.ts'
import { Choice, ReadingChoice } from './ReadingChoice.tsx'
import { type Row, rowsOf } from './rows.ts'
import { useHitMessages } from './use-hit-messages.ts'

/** What a call has in common with the one before it. */
export interface Repeated {
  /** 1 for a message sent that is the same there. */
  readonly same: Uint8Array
  /** Messages sent then and not any more. */
  readonly gone: number
  /** Goes to that call. */
  readonly open: () => void
}

interface Props {
  readonly input: readonly Message[]
  readonly output: readonly Message[]
  readonly repeated?: Repeated | undefined
  readonly openLink?: (url: string) => void
}

const none: ReadonlySet<number> = new Set()

/** Messages with hits that are made before and after the hit the reader is at: the next ones are always there. */
const hitsAround = 20

/** The part of the conversation a place stands in. */
function partAround(range: Range): string | undefined {
  return range.startContainer.parentElement?.closest('article')?.dataset['part']
}

/** A conversation as it was sent, and what came back; of a longer one what this call added to it. */
export function Messages({ input, output, repeated, openLink }: Props) {
  const { onlyNew, markdown } = useStore(reading)
  const asked = useMemo(() => joinToolResults(input), [input])
  const answered = useMemo(() => joinToolResults(output), [output])
  // Folds that were opened belong to this conversation.
  const [unfolded, setUnfolded] = useState({ of: input, folds: none })
  const opened = unfolded.of === input ? unfolded.folds : none
  const find = useContext(HitsContext)
  const hits = useHitMessages(input, output, find)
  const rows = useMemo(() => {
    const hidden = rowsOf(asked, answered, { same: repeated?.same, isOpen: () => !onlyNew })
    const first = hidden
      .filter(row => row.type === 'folded')
      .filter(
        // What was looked for is not among the folded ones.
        row => opened.has(row.first) || row.members.some(({ index }) => hits.input.has(index)),
      )
    if (first.length === 0) return hidden
    const open = new Set(first.map(row => row.first))
    return rowsOf(asked, answered, { same: repeated?.same, isOpen: at => open.has(at) })
  }, [asked, answered, repeated, onlyNew, opened, hits])
  const folded = rows.reduce((sum, row) => sum + (row.type === 'folded' ? row.members.length : 0), 0)
  const hitRows = useMemo(
    () => rows.flatMap((row, i) => (row.type === 'message' && hits[row.side].has(row.joined.index) ? [i] : [])),
    [rows, hits],
  )
  const now = useStore(hitNow)
  const needed = useMemo(() => {
    if (hitRows.length === 0) return undefined
    const at = now ? rows.findIndex(row => row.type === 'message' && partName(row) === partAround(now)) : 0
    const place = hitRows.findIndex(row => row >= at)
    const around = hitRows.slice(Math.max(0, place - hitsAround), Math.max(0, place) + hitsAround)
    return (from: number, to: number) => around.some(row => row >= from && row < to)
  }, [rows, hitRows, now])
  const guess = useCallback(
    (from: number, to: number) => {
      let pixels = 0
      for (let i = from; i < to; i++) pixels += guessOf(rows[i]!)
      return pixels
    },
    [rows],
  )
  return (
    <div className={styles.messages}>
      <div className={styles.tools} role="toolbar" aria-label="How messages are shown">
        {repeated && (
          <span className={styles.choice} role="group" aria-label="Which messages">
            <Choice
              on={onlyNew}
              set={() => read({ onlyNew: true })}
              title="Messages that the call before had too are one line"
            >
              New
            </Choice>
            <Choice on={!onlyNew} set={() => read({ onlyNew: false })} title="Every message that was sent">
              All {formatCount(input.length)}
            </Choice>
          </span>
        )}
        {repeated && (
          <button type="button" className={styles.link} onClick={repeated.open}>
            previous call
          </button>
        )}
        {repeated && repeated.gone > 0 && (
          <span className={styles.gone}>− {formatPlural(repeated.gone, 'message')} of it not sent again</span>
        )}
        <ReadingChoice />
      </div>
      <FarRows count={rows.length} guess={guess} needed={needed}>
        {i => {
          const row = rows[i]!
          if (row.type === 'divide') {
            return (
              <h3 key="output" className={styles.divide}>
                Output
              </h3>
            )
          }
          if (row.type === 'folded') {
            return (
              <button
                key={`folded ${row.first}`}
                type="button"
                className={styles.earlier}
                onClick={() => setUnfolded({ of: input, folds: new Set([...opened, row.first]) })}
              >
                {foldedWords(row)}
              </button>
            )
          }
          return (
            <MessageView key={`${row.side} ${row.joined.index}`} row={row} markdown={markdown} openLink={openLink} />
          )
        }}
      </FarRows>
      <span className="spoken" role="status">
        {folded > 0 && repeated ? `${formatPlural(folded, 'message')} same as the previous call` : ''}
      </span>
    </div>
  )
}

function foldedWords({ members, same }: Extract<Row, { type: 'folded' }>): string {
  const count = formatPlural(members.length, 'earlier message')
  return same ? `${count}, same as the previous call · show all` : `${count} · show`
}

/** Pixels of a row before it is known: a line holds about eighty characters. */
function guessOf(row: Row): number {
  if (row.type !== 'message') return 28
  let pixels = 40
  for (const { part, result } of row.joined.parts) {
    const length = part.type === 'text' || part.type === 'reasoning' ? part.text.length : 160
    pixels += Math.min(2000, Math.ceil(length / 80) * 19) + (result ? 80 : 0)
  }
  return pixels
}

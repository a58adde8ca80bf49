import { memo, useLayoutEffect, useRef } from 'react'
import { formatBytes, formatPlural } from '../../../../shared/format/numbers.ts'
import { formatDuration } from '../../../../shared/format/times.ts'
import { visibleText } from '../../../../shared/format/visible-text.ts'
import { Button } from '../../../components/button/Button.tsx'
import { ScrollRegion } from '../../../components/scroll-region/ScrollRegion.tsx'
import { useStore } from '../../../state/store.ts'
import type { Stream, Streamed } from '../model/stream.ts'
import { useSecondsLeft } from '../model/use-seconds-left.ts'
import styles from '../replay.module.css'
import look from './answers.module.css'

const phases: { readonly [phase in Streamed['phase']]: string } = {
  queued: 'Waiting for its turn…',
  limited: 'Waiting for a limit of the provider…',
  connecting: 'Connecting…',
  waiting: 'Sent. Waiting for the first token…',
  answering: 'Answering',
  storing: 'Storing the answer…',
}

/** Pixels from the end within which one reads along. */
const nearEnd = 40

interface Props {
  readonly stream: Stream
  readonly isStopping: boolean
  readonly stop: () => void
}

/** An answer as it comes; it scrolls along with who reads its end. */
export function Streaming({ stream, isStopping, stop }: Props) {
  const { phase, bytesIn, until, firstToken, settled, tail, reasoning, toolCalls } = useStore(stream.shown)
  const left = useSecondsLeft(until)
  const box = useRef<HTMLDivElement>(null)
  const isAtEnd = useRef(true)
  useLayoutEffect(() => {
    if (box.current && isAtEnd.current) box.current.scrollTop = box.current.scrollHeight
  })
  return (
    <>
      <div className={styles.tools}>
        <b>{isStopping ? 'Stopping…' : phases[phase]}</b>
        <span className={styles.faint}>
          {left > 0 && `${left} s left · `}
          {firstToken !== undefined && `first token ${formatDuration(firstToken * 1000)} · `}
          {formatBytes(bytesIn)}
        </span>
        <span className={styles.end}>
          <Button onClick={stop} disabled={isStopping}>
            Cancel
          </Button>
        </span>
      </div>
      <ScrollRegion
        ref={box}
        className={styles.scroll}
        label="The answer as it comes"
        onScroll={({ currentTarget: at }) => {
          isAtEnd.current = at.scrollHeight - at.scrollTop - at.clientHeight < nearEnd
        }}
      >
        {reasoning !== '' && (
          <details className={look.reasoning}>
            <summary>Reasoning</summary>
            {endOf(reasoning)}
          </details>
        )}
        <div className={look.streamed}>
          {settled.map((text, i) => (
            // They only grow in number.
            // oxlint-disable-next-line react/no-array-index-key
            <Settled key={i} text={text} />
          ))}
          <div>{visibleText(tail)}</div>
        </div>
        {toolCalls.map((call, i) => (
          // oxlint-disable-next-line react/no-array-index-key
          <p key={i} className={look.call}>
            {visibleText(call.name)}({endOf(call.arguments)})
          </p>
        ))}
      </ScrollRegion>
    </>
  )
}

/** Characters of what is laid out anew whenever it grows. */
const longest = 4000

function endOf(text: string): string {
  const left = text.length - longest
  return visibleText(left > 0 ? `${formatPlural(left, 'character')} before… ${text.slice(left).toWellFormed()}` : text)
}

const Settled = memo(function Settled({ text }: { readonly text: string }) {
  return <div>{visibleText(text)}</div>
})

import { RotateCcw } from 'lucide-react'
import { useMemo } from 'react'
import type { Span } from '../../../../shared/domain/span.ts'
import { formatCount } from '../../../../shared/format/numbers.ts'
import { formatDuration } from '../../../../shared/format/times.ts'
import { visibleLine } from '../../../../shared/format/visible-text.ts'
import { printSpan } from '../../../../shared/messages/print-markdown.ts'
import { Button, IconButton } from '../../../components/button/Button.tsx'
import { Marked } from '../../../components/hits/Marked.tsx'
import { LongText } from '../../../components/json/LongText.tsx'
import { Value } from '../../../components/value/Value.tsx'
import { CopyButton } from '../../../components/messages/CopyButton.tsx'
import { placeAmongCalls } from '../model/calls-before.ts'
import type { TraceModel } from '../model.ts'
import { wordsOfMark } from '../../../components/marks/mark-words.ts'
import { warningsOf } from '../model/oddities.ts'
import { Kind } from '../parts/Kind.tsx'
import styles from './detail.module.css'
import { replayCommand, sinceGoodCommand } from '../commands.ts'
import { SpanNotes } from '../use-noting.tsx'
import { useReplay } from '../use-replay.ts'
import { useSinceGood } from '../use-since-good.ts'
import { callFacts, failureOf, isBadCall, microseconds, tokensPerSecond } from './sections.ts'

interface Props {
  readonly model: TraceModel
  readonly row: number
  readonly span: Span
}

/** What the span is, how it went; and, before anything else is read, why it failed. */
export function Header({ model, row, span }: Props) {
  const failure = failureOf(span)
  const since = useSinceGood()
  const replay = useReplay(model)
  const speed = tokensPerSecond(span)
  const first = microseconds(span.timeToFirstTokenNs)
  const place = useMemo(() => placeAmongCalls(model.tree, row), [model, row])
  const name = visibleLine(span.name, 400) || '(no name)'
  const asked = (fact: string) => (fact === span.model ? 'model' : fact === span.provider ? 'provider' : undefined)
  const agent = span.agent !== undefined && span.agent !== span.name ? [`agent ${span.agent}`] : []
  return (
    <header className={styles.header}>
      <div className={styles.title}>
        <Kind kind={span.kind} long />
        <h2 className={styles.name} title={name} data-part="name">
          <Value field="name" value={span.name}>
            <Marked text={name} />
          </Value>
        </h2>
        <span className={styles.time}>{formatDuration(model.tree.duration[row])}</span>
        {span.kind === 'generation' && (
          <IconButton label={`${replayCommand.title} (r)`} onClick={() => replay(model.tree.id[row]!)}>
            <RotateCcw aria-hidden="true" />
          </IconButton>
        )}
        <CopyButton text={() => printSpan(span)} label="Copy the span as Markdown" />
      </div>
      <div className={styles.factLine}>
        <p className={styles.facts}>
          {place && place.of > 1 && (
            <span title="In the order of the tree">
              call {formatCount(place.number)} of {formatCount(place.of)}
            </span>
          )}
          {[...new Set([...agent, ...callFacts(span)])].map(fact => (
            <span key={fact}>
              <Value field={asked(fact) ?? ''} value={asked(fact) && fact}>
                {visibleLine(fact, 120)}
              </Value>
            </span>
          ))}
          {first !== undefined && <span>first token {formatDuration(first)}</span>}
          {speed !== undefined && (
            <span
              title={
                first === undefined ? 'Output tokens over the whole call' : 'Output tokens after the first one came'
              }
            >
              {speed < 10 ? speed.toFixed(1) : Math.round(speed)} tok/s
            </span>
          )}
        </p>
        <SpanNotes />
      </div>
      {warningsOf(model.tree.marks[row]!).map(mark => (
        <p key={mark} className={styles.mark}>
          {wordsOfMark(mark).long}
        </p>
      ))}
      {failure && (
        <div className={styles.failure} data-part="error">
          <span className={styles.cross} aria-hidden>
            ✕
          </span>
          <div className={styles.words}>
            <b>Failed{failure.type !== undefined && <>: {visibleLine(failure.type, 200)}</>}</b>
            {failure.message === undefined ? (
              <div className={styles.aside}>The file gives no message.</div>
            ) : (
              <LongText text={failure.message} fold={6} />
            )}
          </div>
          {failure.message !== undefined && <CopyButton text={() => failure.message!} label="Copy the error" />}
        </div>
      )}
      {isBadCall(span) && (
        <Button
          look="quiet"
          className={styles.since ?? ''}
          title="Compares it with the last good call of its prompt (Shift+G)"
          onClick={() => since(model.tree.id[row]!)}
        >
          {sinceGoodCommand.title}
        </Button>
      )}
    </header>
  )
}

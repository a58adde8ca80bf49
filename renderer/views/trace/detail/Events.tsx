import { useMemo } from 'react'
import { isException } from '../../../../shared/domain/events.ts'
import type { Span, SpanEvent } from '../../../../shared/domain/span.ts'
import { formatCount } from '../../../../shared/format/numbers.ts'
import { formatDuration } from '../../../../shared/format/times.ts'
import { visibleLine } from '../../../../shared/format/visible-text.ts'
import { JsonText } from '../../../components/json/JsonText.tsx'
import { LongText } from '../../../components/json/LongText.tsx'
import { prettyJson } from '../../../components/json/pretty.ts'
import { Block } from './Block.tsx'
import styles from './detail.module.css'

const most = 500

/** What went wrong first, then what the span noted while it ran: each with the time since its start; exceptions with their stack. */
export function Events({ span }: { readonly span: Span }) {
  const events = useMemo(
    () => (span.events ?? []).toSorted((a, b) => Number(isException(b)) - Number(isException(a))),
    [span],
  )
  return (
    <>
      {events.slice(0, most).map((event, i) => (
        // Events have no identity of their own, and never move.
        // oxlint-disable-next-line react/no-array-index-key
        <EventView key={i} event={event} start={span.startTime} />
      ))}
      {events.length > most && <p className={styles.note}>{formatCount(events.length - most)} more: see Raw.</p>}
    </>
  )
}

function EventView({ event, start }: { readonly event: SpanEvent; readonly start: string | undefined }) {
  const {
    'exception.type': type,
    'exception.message': message,
    'exception.stacktrace': stack,
    ...others
  } = event.attributes
  const rest = Object.keys(others).length > 0
  return (
    <Block
      title={visibleLine(event.name, 200) || '(no name)'}
      aside={sinceStart(event.time, start)}
      failed={isException(event)}
      copy={() => prettyJson(event.attributes)}
    >
      {(type !== undefined || message !== undefined) && (
        <div className={styles.exception}>
          {typeof type === 'string' && <b>{visibleLine(type, 400)} </b>}
          {typeof message === 'string' && <LongText text={message} fold={10} />}
        </div>
      )}
      {typeof stack === 'string' && <LongText text={stack} look="mono" fold={30} />}
      {rest && <JsonText value={others} fold={20} />}
    </Block>
  )
}

function sinceStart(time: string | undefined, start: string | undefined): string {
  if (time === undefined) return 'no time'
  if (start === undefined) return ''
  const after = Number(BigInt(time) - BigInt(start)) / 1000
  return after < 0 ? `${formatDuration(-after)} before the start` : `+${formatDuration(after)}`
}

import { bitsToMarks, marksToBits } from '../../../../shared/domain/marks.ts'
import type { JsonValue } from '../../../../shared/domain/json.ts'
import type { Span } from '../../../../shared/domain/span.ts'
import { formatDateTime, formatDuration } from '../../../../shared/format/times.ts'
import { visibleLine } from '../../../../shared/format/visible-text.ts'
import { Value } from '../../../components/value/Value.tsx'
import { wordsOfMark } from '../../../components/marks/mark-words.ts'
import { Block, Pair, Pairs, ValueBlock } from './Block.tsx'
import styles from './detail.module.css'
import { Fact, readFrom } from './Fact.tsx'
import { hasModel, microseconds } from './sections.ts'

interface Props {
  readonly span: Span
  /** Microseconds in which no child ran; NaN when unknown. */
  readonly self: number
}

const mostTags = 100
const mostLinks = 20

/** Our reading of the span, each fact with the attribute it was read from. */
export function Facts({ span, self }: Props) {
  const duration = microseconds(span.durationNs)
  const start = span.startTime
  const end = span.endTime
  return (
    <>
      <Pairs>
        <Pair name="kind" aside={readFrom(span, 'kind')}>
          <Value field="kind" value={span.kind}>
            {span.kind}
          </Value>
        </Pair>
        <Pair name="status" aside={readFrom(span, 'status')}>
          <Value field="status" value={span.status}>
            {span.status}
          </Value>
        </Pair>
        <Fact span={span} name="error type" of="errorType" value={span.errorType} asked="error" />
        <Pair name="start" aside={start ?? 'not in the file'}>
          <Value field="" value={start}>
            {formatDateTime(start)}
          </Value>
        </Pair>
        <Pair name="end" aside={end ?? 'not in the file'}>
          <Value field="" value={end}>
            {formatDateTime(end)}
          </Value>
        </Pair>
        <Pair name="duration" aside={lengthAside(span)}>
          <Value field="" value={span.durationNs}>
            {formatDuration(duration)}
          </Value>
        </Pair>
        {!Number.isNaN(self) && self !== duration && <Pair name="without children">{formatDuration(self)}</Pair>}
        {!hasModel(span) && (
          <>
            <Fact span={span} name="operation" of="operation" value={span.operation} asked="operation" />
            <Fact span={span} name="provider" of="provider" value={span.provider} asked="provider" />
          </>
        )}
        <Fact span={span} name="agent" of="agent" value={span.agent} asked="agent" />
        <Fact span={span} name="session" of="session" value={span.session} asked="session" />
        <Fact span={span} name="user" of="user" value={span.user} asked="user" />
        <Fact span={span} name="tenant" of="tenant" value={span.tenant} asked="tenant" />
        <Fact span={span} name="team" of="team" value={span.team} asked="team" />
        <Fact span={span} name="application" of="application" value={span.application} asked="application" />
        <Fact span={span} name="feature" of="feature" value={span.feature} asked="feature" />
        <Fact span={span} name="environment" of="environment" value={span.environment} asked="environment" />
        <Fact span={span} name="release" of="release" value={span.release} asked="release" />
        {span.tags && (
          <Pair name="tags" aside={readFrom(span, 'tags')}>
            {span.tags.slice(0, mostTags).map((tag, i) => (
              // A file may name a tag twice.
              // oxlint-disable-next-line react/no-array-index-key
              <span key={i}>
                {i > 0 && ', '}
                <Value field="tag" value={tag}>
                  {visibleLine(tag, 200)}
                </Value>
              </span>
            ))}
            {span.tags.length > mostTags && ` and ${span.tags.length - mostTags} more`}
          </Pair>
        )}
        <Pair name="span id">
          <Value field="span" value={span.id}>
            <code>{visibleLine(span.id, 200)}</code>
          </Value>
        </Pair>
        <Pair name="parent id">
          {span.parentId === undefined ? (
            'none: a root'
          ) : (
            <Value field="span" value={span.parentId}>
              <code>{visibleLine(span.parentId, 200)}</code>
            </Value>
          )}
        </Pair>
      </Pairs>
      {span.marks && span.marks.length > 0 && (
        <Block title="Marks">
          {bitsToMarks(marksToBits(span.marks)).map(mark => (
            <p key={mark} className={styles.prose}>
              <Value field="is" value={mark}>
                {wordsOfMark(mark).long}
              </Value>
            </p>
          ))}
        </Block>
      )}
      {span.parameters && !hasModel(span) && <ValueBlock title="Parameters" value={span.parameters} absent="" />}
      {span.metadata && <ValueBlock title="Metadata" value={span.metadata} absent="" />}
      {span.links && span.links.length > 0 && (
        <>
          <Block title="Linked spans">
            {span.links.slice(0, mostLinks).map(({ traceId, spanId, attributes }, i) => (
              // A file may name a link twice.
              // oxlint-disable-next-line react/no-array-index-key
              <p key={i} className={styles.prose}>
                {attributes['link.type'] === 'replay_of' && 'Sent again from '}
                <a href={`#/trace/${encodeURIComponent(traceId)}?spanId=${encodeURIComponent(spanId)}`}>
                  span {visibleLine(spanId, 40)} of trace {visibleLine(traceId, 40)}
                </a>
              </p>
            ))}
            {span.links.length > mostLinks && <p className={styles.prose}>and {span.links.length - mostLinks} more</p>}
          </Block>
          <ValueBlock title="Links" value={span.links as unknown as JsonValue} absent="" fold={40} />
        </>
      )}
    </>
  )
}

function lengthAside({ durationNs, marks }: Span): string {
  if (durationNs !== undefined) return `${durationNs} ns`
  return marks?.includes('negative-duration') ? 'it ends before it starts' : 'not in the file'
}

import { bitsToMarks, marksToBits } from '../../../../shared/domain/marks.ts'
import type { JsonValue } from '../../../../shared/domain/json.ts'
import type { Span } from '../../../../shared/domain/span.ts'
import { formatDateTime, formatDuration } from '../../../../shared/format/times.ts'
import { visibleLine } from '../../../../shared/format/visible-text.ts'
import { Value } from '../../../components/value/Value.tsx'
import { wordsOfMark } from '../../../components/marks/mark-words.ts'
import { Block, Pair, Pairs, ValueBlock } from './Block.tsx'
import styles from './detail.module.css'
import { microseconds } from './sections.ts'

interface Props {
  readonly span: Span
  /** Microseconds in which no child ran; NaN when unknown. */
  readonly self: number
}

const mostTags = 100

/** Our reading of the span, each fact with the attribute it was read from. */
export function Facts({ span, self }: Props) {
  const duration = microseconds(span.durationNs)
  const read = (field: keyof Span) => {
    const by = span.readBy?.[field]
    if (by === undefined) return undefined
    return by === 'nothing' ? 'nothing in the file says' : `read from ${visibleLine(by, 200)}`
  }
  /** `asked`: what the query language calls it. */
  const text = (name: string, field: keyof Span, value: JsonValue | undefined, asked?: string) => {
    if (value === undefined) return null
    const shown = visibleLine(typeof value === 'string' ? value : JSON.stringify(value), 2000)
    return (
      <Pair name={name} aside={read(field)}>
        {asked !== undefined && typeof value === 'string' ? (
          <Value field={asked} value={value}>
            {shown}
          </Value>
        ) : (
          shown
        )}
      </Pair>
    )
  }
  return (
    <>
      <Pairs>
        <Pair name="kind" aside={read('kind')}>
          <Value field="kind" value={span.kind}>
            {span.kind}
          </Value>
        </Pair>
        <Pair name="status" aside={read('status')}>
          <Value field="status" value={span.status}>
            {span.status}
          </Value>
        </Pair>
        {text('error type', 'errorType', span.errorType, 'error')}
        <Pair name="start" aside={span.startTime ?? 'not in the file'}>
          {formatDateTime(span.startTime)}
        </Pair>
        <Pair name="end" aside={span.endTime ?? 'not in the file'}>
          {formatDateTime(span.endTime)}
        </Pair>
        <Pair name="duration" aside={span.durationNs === undefined ? 'not in the file' : `${span.durationNs} ns`}>
          {formatDuration(duration)}
        </Pair>
        {!Number.isNaN(self) && self !== duration && <Pair name="without children">{formatDuration(self)}</Pair>}
        {text('operation', 'operation', span.operation, 'operation')}
        {text('model', 'model', span.model, 'model')}
        {text('requested model', 'requestModel', span.requestModel)}
        {text('provider', 'provider', span.provider, 'provider')}
        {text('streamed', 'streamed', span.streamed)}
        {text('response id', 'responseId', span.responseId, 'response.id')}
        {text('agent', 'agent', span.agent, 'agent')}
        {text('session', 'session', span.session, 'session')}
        {text('user', 'user', span.user, 'user')}
        {text('tenant', 'tenant', span.tenant, 'tenant')}
        {text('application', 'application', span.application, 'application')}
        {text('feature', 'feature', span.feature, 'feature')}
        {text('environment', 'environment', span.environment, 'environment')}
        {text('release', 'release', span.release, 'release')}
        {span.tags && (
          <Pair name="tags" aside={read('tags')}>
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
      {span.parameters && <ValueBlock title="Parameters" value={span.parameters} absent="" />}
      {span.metadata && <ValueBlock title="Metadata" value={span.metadata} absent="" />}
      {span.links && span.links.length > 0 && (
        <ValueBlock title="Links" value={span.links as unknown as JsonValue} absent="" fold={40} />
      )}
    </>
  )
}

import { bitsToMarks, marksToBits } from '../../../../shared/domain/marks.ts'
import type { JsonValue } from '../../../../shared/domain/json.ts'
import type { Span } from '../../../../shared/domain/span.ts'
import { formatDateTime, formatDuration } from '../../../../shared/format/times.ts'
import { visibleLine } from '../../../../shared/format/visible-text.ts'
import { wordsOfMark } from '../../../components/marks/mark-words.ts'
import { Block, Pair, Pairs, ValueBlock } from './Block.tsx'
import styles from './detail.module.css'
import { microseconds } from './sections.ts'

interface Props {
  readonly span: Span
  /** Microseconds in which no child ran; NaN when unknown. */
  readonly self: number
}

/** Our reading of the span, each fact with the attribute it was read from. */
export function Facts({ span, self }: Props) {
  const duration = microseconds(span.durationNs)
  const read = (field: keyof Span) => {
    const by = span.readBy?.[field]
    if (by === undefined) return undefined
    return by === 'nothing' ? 'nothing in the file says' : `read from ${visibleLine(by, 200)}`
  }
  const text = (name: string, field: keyof Span, value: JsonValue | undefined) =>
    value === undefined ? null : (
      <Pair name={name} aside={read(field)}>
        {visibleLine(typeof value === 'string' ? value : JSON.stringify(value), 2000)}
      </Pair>
    )
  return (
    <>
      <Pairs>
        <Pair name="kind" aside={read('kind')}>
          {span.kind}
        </Pair>
        <Pair name="status" aside={read('status')}>
          {span.status}
        </Pair>
        {text('error type', 'errorType', span.errorType)}
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
        {text('operation', 'operation', span.operation)}
        {text('model', 'model', span.model)}
        {text('requested model', 'requestModel', span.requestModel)}
        {text('provider', 'provider', span.provider)}
        {text('streamed', 'streamed', span.streamed)}
        {text('response id', 'responseId', span.responseId)}
        {text('agent', 'agent', span.agent)}
        {text('session', 'session', span.session)}
        {text('user', 'user', span.user)}
        {text('tenant', 'tenant', span.tenant)}
        {text('application', 'application', span.application)}
        {text('feature', 'feature', span.feature)}
        {text('environment', 'environment', span.environment)}
        {text('release', 'release', span.release)}
        {text('tags', 'tags', span.tags)}
        <Pair name="span id">
          <code>{visibleLine(span.id, 200)}</code>
        </Pair>
        <Pair name="parent id">
          {span.parentId === undefined ? 'none: a root' : <code>{visibleLine(span.parentId, 200)}</code>}
        </Pair>
      </Pairs>
      {span.marks && span.marks.length > 0 && (
        <Block title="Marks">
          {bitsToMarks(marksToBits(span.marks)).map(mark => (
            <p key={mark} className={styles.prose}>
              {wordsOfMark(mark).long}
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

import { useMemo } from 'react'
import type { JsonValue } from '../../../shared/domain/json.ts'
import { Wrench } from 'lucide-react'
import { formatDuration } from '../../../shared/format/times.ts'
import { visibleLine } from '../../../shared/format/visible-text.ts'
import { Marked } from '../hits/Marked.tsx'
import { JsonText } from '../json/JsonText.tsx'
import { LongText } from '../json/LongText.tsx'
import { MarkdownText } from '../markdown/MarkdownText.tsx'
import { Value } from '../value/Value.tsx'
import type { JoinedPart, ToolCall, ToolResult } from './join.ts'
import { Media } from './Media.tsx'
import styles from './messages.module.css'
import { resultParts } from './result-parts.ts'

interface Props {
  readonly joined: JoinedPart
  /** Shows this many lines of a text first. */
  readonly fold?: number
  /** Reads texts of people and models as Markdown. */
  readonly markdown?: boolean
  readonly openLink?: ((url: string) => void) | undefined
}

/** One part of a message, by what it is. */
export function PartView({ joined: { part, result }, fold, markdown = false, openLink }: Props) {
  switch (part.type) {
    case 'text':
      if (markdown) return <MarkdownText text={part.text} fold={fold} />
      return <JsonText value={part.text} {...(fold === undefined ? {} : { fold })} />
    case 'reasoning':
      return (
        <div className={styles.reasoning}>
          <div className={styles.partName}>reasoning</div>
          {part.text === '' ? (
            <span className={styles.aside}>
              {part.signature === undefined ? 'not in the file' : 'encrypted by the provider'}
            </span>
          ) : (
            <Reasoning text={part.text} markdown={markdown} />
          )}
        </div>
      )
    case 'tool_call':
      return <Call call={part} result={result} openLink={openLink} />
    case 'tool_result':
      return (
        <div className={styles.tool}>
          <Result result={part} named openLink={openLink} />
        </div>
      )
    case 'refusal':
      return (
        <div className={styles.refusal}>
          <div className={styles.partName}>refusal</div>
          <LongText text={part.text} />
        </div>
      )
    case 'media':
      return <Media part={part} openLink={openLink} />
    case 'other':
    default:
      return <JsonText value={part.value} />
  }
}

function Reasoning({ text, markdown }: { readonly text: string; readonly markdown: boolean }) {
  return markdown ? <MarkdownText text={text} fold={12} /> : <LongText text={text} fold={12} />
}

interface CallProps {
  readonly call: ToolCall
  readonly result: ToolResult | undefined
  readonly openLink: Props['openLink']
}

function Call({ call, result, openLink }: CallProps) {
  return (
    <div className={styles.tool} data-part={`call of ${visibleLine(call.name, 60)}`}>
      <div className={styles.toolName}>
        <Wrench size={12} aria-hidden />
        <span className="spoken">calls tool </span>
        <b>
          <Value field="tool" value={call.name}>
            <Marked text={visibleLine(call.name, 200)} />
          </Value>
        </b>
        {call.id !== undefined && <code className={styles.callId}>{visibleLine(call.id, 80)}</code>}
        {call.status !== undefined && <span className={styles.aside}>{visibleLine(call.status, 80)}</span>}
        {call.durationNs !== undefined && (
          <span className={styles.aside}>{formatDuration(Number(call.durationNs) / 1000)}</span>
        )}
      </div>
      {call.arguments === undefined ? (
        <span className={styles.aside}>arguments not in the file</span>
      ) : (
        <JsonText value={call.arguments} />
      )}
      {result && <Result result={result} openLink={openLink} />}
    </div>
  )
}

interface ResultProps {
  readonly result: ToolResult
  readonly named?: boolean
  readonly openLink: Props['openLink']
}

function Result({ result, named = false, openLink }: ResultProps) {
  return (
    <div className={styles.result} data-failed={result.error || undefined} data-part="its result">
      <div className={styles.partName}>
        {result.error ? '✕ failed' : '→ result'}
        {named && result.name !== undefined && <b> {visibleLine(result.name, 200)}</b>}
        {named && result.id !== undefined && <code className={styles.callId}>{visibleLine(result.id, 80)}</code>}
      </div>
      {result.result === undefined ? (
        <span className={styles.aside}>not in the file</span>
      ) : (
        <ResultValue value={result.result} openLink={openLink} />
      )}
    </div>
  )
}

/** What a tool gave back: texts and images as such, everything else as JSON. */
function ResultValue({ value, openLink }: { readonly value: JsonValue; readonly openLink: Props['openLink'] }) {
  const parts = useMemo(() => resultParts(value), [value])
  if (!parts) return <JsonText value={value} fold={16} />
  return parts.map((part, i) => (
    // Parts have no identity of their own, and never move.
    // oxlint-disable-next-line react/no-array-index-key
    <div key={i} className={styles.part}>
      <PartView joined={{ part }} fold={16} openLink={openLink} />
    </div>
  ))
}

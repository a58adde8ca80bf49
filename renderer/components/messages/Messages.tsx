import { useContext, useMemo, useState } from 'react'
import type { JsonValue } from '../../../shared/domain/json.ts'
import type { Message } from '../../../shared/domain/message.ts'
import { formatCount } from '../../../shared/format/numbers.ts'
import { visibleLine } from '../../../shared/format/visible-text.ts'
import { textsOfMessage, type SpanText } from '../../../shared/query/texts.ts'
import { HitFieldsContext, HitsContext } from '../hits/hits.ts'
import { CopyButton } from './CopyButton.tsx'
import { LongText } from '../json/LongText.tsx'
import { prettyJson } from '../json/pretty.ts'
import { type JoinedMessage, type JoinedPart, joinToolResults } from './join.ts'
import styles from './messages.module.css'
import { PartView } from './Parts.tsx'

interface Props {
  readonly input: readonly Message[]
  readonly output: readonly Message[]
  readonly openLink?: (url: string) => void
}

/** Messages kept on screen at the end of a long conversation; those before them are one line with their count. */
const keptAtEnd = 6
const longConversation = 12
/** Messages shown by one press. */
const page = 200

/** A conversation as it was sent, and what came back. */
export function Messages({ input, output, openLink }: Props) {
  const asked = useMemo(() => joinToolResults(input), [input])
  const answered = useMemo(() => joinToolResults(output), [output])
  const opening = asked.findIndex(({ message }) => !isInstruction(message.role))
  const head = opening < 0 ? asked.length : opening
  const rest = asked.length - head
  const find = useContext(HitsContext)
  const [uncovered, setUncovered] = useState(() => {
    if (rest <= longConversation) return rest
    // What was looked for is not among the covered ones.
    const hit = find
      ? asked.findIndex(
          ({ message }, i) =>
            i >= head && textsOfMessage(message, 'input').some(one => find(one.text, one.fields).length > 0),
        )
      : -1
    return hit < 0 ? keptAtEnd : Math.max(keptAtEnd, Math.min(page, asked.length - hit))
  })
  const shown = Math.min(uncovered, rest)
  const hidden = rest - shown
  return (
    <div className={styles.messages}>
      {asked.slice(0, Math.min(head, page)).map(joined => (
        <MessageView key={joined.index} side="input" joined={joined} openLink={openLink} />
      ))}
      {hidden > 0 && (
        <button type="button" className={styles.earlier} onClick={() => setUncovered(shown + page)}>
          {hidden > page
            ? `${formatCount(hidden)} earlier messages · show ${page}`
            : `${formatCount(hidden)} earlier message${hidden === 1 ? '' : 's'} · show`}
        </button>
      )}
      {asked.slice(asked.length - shown).map(joined => (
        <MessageView key={joined.index} side="input" joined={joined} openLink={openLink} />
      ))}
      {answered.length > 0 && <h3 className={styles.divide}>Output</h3>}
      {answered.slice(0, page).map(joined => (
        <MessageView key={joined.index} side="output" joined={joined} openLink={openLink} />
      ))}
      {answered.length > page && (
        <p className={styles.earlier}>{formatCount(answered.length - page)} more outputs: see Raw</p>
      )}
    </div>
  )
}

function isInstruction(role: string): boolean {
  return role === 'system' || role === 'developer'
}

interface MessageProps {
  readonly side: 'input' | 'output'
  readonly joined: JoinedMessage
  readonly openLink: ((url: string) => void) | undefined
}

function MessageView({ side, joined, openLink }: MessageProps) {
  const [asJson, setAsJson] = useState(false)
  const { message, parts } = joined
  const role = visibleLine(message.role, 40) || 'message'
  const fold = isInstruction(message.role) ? 6 : 40
  const fields = side === 'output' ? outputFields : isInstruction(message.role) ? systemFields : inputFields
  return (
    <article
      className={styles.message}
      data-role={message.role}
      aria-label={`${role} message`}
      data-part={`${side} message ${joined.index + 1}`}
    >
      <header className={styles.head}>
        <span className={styles.role}>{role}</span>
        {message.name !== undefined && <span className={styles.aside}>{visibleLine(message.name, 80)}</span>}
        {message.finishReason !== undefined && (
          <span className={styles.aside}>finish: {visibleLine(message.finishReason, 40)}</span>
        )}
        <span className={styles.actions}>
          <button type="button" className={styles.action} aria-pressed={asJson} onClick={() => setAsJson(!asJson)}>
            JSON
          </button>
          <CopyButton text={() => (asJson ? jsonOf(message) : textOf(message))} label={`Copy ${role} message`} />
        </span>
      </header>
      {asJson ? (
        <LongText text={jsonOf(message)} look="json" />
      ) : parts.length === 0 ? (
        <span className={styles.aside}>empty</span>
      ) : (
        parts.map((part, i) => (
          // Parts have no identity of their own, and never move.
          // oxlint-disable-next-line react/no-array-index-key
          <div key={i} className={styles.part}>
            <HitFieldsContext value={fieldsOf(part, fields)}>
              <PartView joined={part} fold={fold} openLink={openLink} />
            </HitFieldsContext>
          </div>
        ))
      )}
    </article>
  )
}

const inputFields: SpanText['fields'] = ['input']
const systemFields: SpanText['fields'] = ['input', 'system']
const outputFields: SpanText['fields'] = ['output']

/** A call and its result stand together, whoever sent which: every clause about them counts. */
function fieldsOf({ part }: JoinedPart, fields: SpanText['fields']): SpanText['fields'] | undefined {
  return part.type === 'tool_call' || part.type === 'tool_result' ? undefined : fields
}

function jsonOf(message: Message): string {
  return prettyJson(message as unknown as JsonValue)
}

/** A message as plain text: its texts, and calls and results as JSON. */
function textOf(message: Message): string {
  return message.parts
    .map(part => {
      if (part.type === 'text' || part.type === 'reasoning' || part.type === 'refusal') return part.text
      return prettyJson(part)
    })
    .join('\n\n')
}

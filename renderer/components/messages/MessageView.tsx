import { memo, useState } from 'react'
import type { JsonValue } from '../../../shared/domain/json.ts'
import { visibleLine } from '../../../shared/format/visible-text.ts'
import { plainTextOf } from '../../../shared/messages/plain-text.ts'
import { isInstruction } from '../../../shared/messages/same-content.ts'
import type { SpanText } from '../../../shared/query/texts.ts'
import { HitFieldsContext } from '../hits/hits.ts'
import { LongText } from '../json/LongText.tsx'
import { prettyJson } from '../json/pretty.ts'
import { CopyButton } from './CopyButton.tsx'
import type { JoinedPart } from './join.ts'
import styles from './messages.module.css'
import { PartView } from './Parts.tsx'
import type { Row } from './rows.ts'

const looks = ['md', 'plain', 'json'] as const
type Look = (typeof looks)[number]
const lookNames = { md: 'Markdown', plain: 'Plain text', json: 'JSON' } as const

interface Props {
  readonly row: Extract<Row, { type: 'message' }>
  readonly markdown: boolean
  /** Instructions are not what one came for: their first two lines. */
  readonly brief?: boolean
  readonly openLink: ((url: string) => void) | undefined
}

/** What a message is called where hits are counted. */
export function partName({ side, joined }: Props['row']): string {
  return `${side} message ${joined.index + 1}`
}

export const MessageView = memo(function MessageView({ row, markdown, brief = false, openLink }: Props) {
  const [chosen, setChosen] = useState<Look>()
  const look = chosen ?? (markdown ? 'md' : 'plain')
  const { side, isNew, isSame, joined } = row
  const { message, parts } = joined
  const role = visibleLine(message.role, 40) || 'message'
  const instructs = isInstruction(message.role)
  const fold = instructs ? (isSame || brief ? 2 : 6) : 40
  const fields = side === 'output' ? outputFields : instructs ? systemFields : inputFields
  return (
    <article
      className={styles.message}
      data-role={message.role}
      aria-label={`${isNew && side === 'input' ? 'new ' : ''}${role} message`}
      data-part={partName(row)}
    >
      <header className={styles.head}>
        {isNew && side === 'input' && (
          <span className={styles.plus} title="Not in the previous call" aria-hidden>
            +
          </span>
        )}
        <span className={styles.role}>{role}</span>
        {message.name !== undefined && <span className={styles.aside}>{visibleLine(message.name, 80)}</span>}
        {message.finishReason !== undefined && (
          <span className={styles.aside}>finish: {visibleLine(message.finishReason, 40)}</span>
        )}
        {isSame && instructs && <span className={styles.aside}>same as in the previous call</span>}
        <span className={styles.actions}>
          {looks.map(each => (
            <button
              key={each}
              type="button"
              className={styles.action}
              aria-pressed={look === each}
              title={lookNames[each]}
              onClick={() => setChosen(each)}
            >
              {each}
            </button>
          ))}
          <CopyButton
            text={() => (look === 'json' ? prettyJson(message as unknown as JsonValue) : plainTextOf(message))}
            label={`Copy ${role} message`}
          />
        </span>
      </header>
      {look === 'json' ? (
        <LongText text={prettyJson(message as unknown as JsonValue)} look="json" />
      ) : parts.length === 0 ? (
        <span className={styles.aside}>empty</span>
      ) : (
        parts.map((part, i) => (
          // Parts have no identity of their own, and never move.
          // oxlint-disable-next-line react/no-array-index-key
          <div key={i} className={styles.part}>
            <HitFieldsContext value={fieldsOf(part, fields)}>
              <PartView joined={part} fold={fold} markdown={look === 'md'} openLink={openLink} />
            </HitFieldsContext>
          </div>
        ))
      )}
    </article>
  )
})

const inputFields: SpanText['fields'] = ['input']
const systemFields: SpanText['fields'] = ['input', 'system']
const outputFields: SpanText['fields'] = ['output']

/** A call and its result stand together, whoever sent which: every clause about them counts. */
function fieldsOf({ part }: JoinedPart, fields: SpanText['fields']): SpanText['fields'] | undefined {
  return part.type === 'tool_call' || part.type === 'tool_result' ? undefined : fields
}

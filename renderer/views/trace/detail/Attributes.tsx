import { useDeferredValue, useMemo, useState } from 'react'
import type { JsonValue } from '../../../../shared/domain/json.ts'
import type { Span } from '../../../../shared/domain/span.ts'
import { formatCount, formatPlural } from '../../../../shared/format/numbers.ts'
import { visibleLine, visibleText } from '../../../../shared/format/visible-text.ts'
import { useAsk } from '../../../app/view.ts'
import { ErrorNote } from '../../../components/error-note/ErrorNote.tsx'
import { LongText } from '../../../components/json/LongText.tsx'
import { prettyJson } from '../../../components/json/pretty.ts'
import { CopyButton } from '../../../components/messages/CopyButton.tsx'
import { Value } from '../../../components/value/Value.tsx'
import { attributesOf, groups, type Attribute } from './attributes-of.ts'
import styles from './detail.module.css'
import look from './record.module.css'

const page = 400

/** Everything the file said, under the file's own names, with our reading beside it. */
export function Attributes({ id, span }: { readonly id: number; readonly span: Span }) {
  const [filter, setFilter] = useState('')
  const [limit, setLimit] = useState(page)
  const wanted = useDeferredValue(filter.trim().toLowerCase())
  const all = useMemo(() => attributesOf(span), [span])
  const heldBack = Object.keys(span.attributesHeldBack ?? {}).length
  const readAs = useMemo(() => fieldsByAttribute(span), [span])
  const found = useMemo(() => all.filter(attribute => matches(attribute, wanted)), [all, wanted])
  return (
    <div className={look.attributes}>
      <div className={look.filter}>
        <input
          type="search"
          value={filter}
          placeholder="Filter names and values"
          aria-label="Filter attributes"
          spellCheck={false}
          onChange={event => setFilter(event.target.value)}
        />
        <output className={styles.aside}>
          {wanted === '' ? formatCount(all.length) : `${formatCount(found.length)} of ${formatCount(all.length)}`}
        </output>
      </div>
      <div className={look.scroll}>
        {found.length === 0 && (
          <p className={styles.note}>
            {all.length === 0
              ? 'The file gives this span no attributes.'
              : `No attribute holds “${visibleLine(wanted, 100)}”.`}
          </p>
        )}
        {groupsOf(found.slice(0, limit)).map(({ group, members }) => (
          <section key={group} aria-label={group}>
            {group !== groups.span && <h3 className={look.group}>{group}</h3>}
            <dl className={look.listOf}>
              {members.map(attribute => (
                <AttributeRow
                  key={attribute.name}
                  id={id}
                  attribute={attribute}
                  isAsked={group === groups.span}
                  readAs={group === groups.span ? readAs.get(attribute.name) : undefined}
                />
              ))}
            </dl>
          </section>
        ))}
        {wanted !== '' && heldBack > 0 && (
          <p className={styles.note}>
            {formatPlural(heldBack, 'very long value')} not looked through: their names are.
          </p>
        )}
        {span.attributesLeftOut !== undefined && (
          <p className={styles.note}>
            {formatPlural(span.attributesLeftOut, 'more attribute')}, too many to show: the raw record holds all.
          </p>
        )}
        {found.length > limit && (
          <button type="button" className={styles.link} onClick={() => setLimit(limit + page)}>
            Show {formatCount(Math.min(page, found.length - limit))} of {formatCount(found.length - limit)} more
          </button>
        )}
      </div>
    </div>
  )
}

interface RowProps {
  /** Row id of the span. */
  readonly id: number
  readonly attribute: Attribute
  /** One of the span's own: the query language reaches it as `@name`. */
  readonly isAsked: boolean
  readonly readAs: string | undefined
}

function AttributeRow({ id, attribute, isAsked, readAs }: RowProps) {
  const { name, value, heldBack } = attribute
  const asked = isAsked && isShort(value) ? String(value) : undefined
  return (
    <div className={look.attribute}>
      <dt>
        <code>{visibleLine(name, 400) || '(empty name)'}</code>
        <span className={styles.aside}>
          {heldBack === undefined ? typeOf(value) : `${formatCount(heldBack)} characters`}
          {readAs !== undefined && <b className={look.readAs}> read as {readAs}</b>}
        </span>
      </dt>
      <dd>
        {heldBack !== undefined ? (
          <HeldBack id={id} name={name} />
        ) : asked === undefined ? (
          <LongText text={prettyJson(value)} look="mono" fold={8} />
        ) : (
          <Value field={`@${name}`} value={asked}>
            <code>{visibleText(asked) || '""'}</code>
          </Value>
        )}
        {heldBack === undefined && (
          <span className={look.corner}>
            <CopyButton text={() => prettyJson(value)} label={`Copy ${visibleLine(name, 100)}`} />
          </span>
        )}
      </dd>
    </div>
  )
}

/** A value so long that it is read only when somebody wants it. */
function HeldBack({ id, name }: { readonly id: number; readonly name: string }) {
  const [wanted, setWanted] = useState(false)
  const { data, error, again, slow } = useAsk('spans.attribute', wanted ? { id, name } : null)
  if (error) return <ErrorNote title="The attribute could not be read." error={error} retry={again} />
  if (data) {
    return (
      <>
        <LongText text={prettyJson(data.value)} look="mono" fold={40} />
        <span className={look.corner}>
          <CopyButton text={() => prettyJson(data.value)} label={`Copy ${visibleLine(name, 100)}`} />
        </span>
      </>
    )
  }
  return (
    <button type="button" className={styles.link} onClick={() => setWanted(true)}>
      {slow ? 'Reading…' : 'Show'}
    </button>
  )
}

/** A value one may ask for whole: no list, no essay, one line. */
function isShort(value: JsonValue): value is string | number | boolean {
  return typeof value === 'string'
    ? value.length <= 200 && !value.includes('\n')
    : Object(value) !== value && value !== null
}

function groupsOf(attributes: readonly Attribute[]) {
  return Object.values(groups)
    .map(group => ({ group, members: attributes.filter(attribute => attribute.group === group) }))
    .filter(({ members }) => members.length > 0)
}

function matches({ name, value }: Attribute, wanted: string): boolean {
  if (wanted === '' || name.toLowerCase().includes(wanted)) return true
  return (typeof value === 'string' ? value : JSON.stringify(value)).toLowerCase().includes(wanted)
}

/** Which of our fields an attribute gave: the other way round than `readBy`. */
function fieldsByAttribute(span: Span): Map<string, string> {
  const fields = new Map<string, string>()
  for (const [field, attribute] of Object.entries(span.readBy ?? {})) {
    const before = fields.get(attribute)
    fields.set(attribute, before === undefined ? field : `${before}, ${field}`)
  }
  return fields
}

function typeOf(value: JsonValue): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return `list of ${formatCount(value.length)}`
  if (typeof value === 'object') return 'object'
  return typeof value === 'string' && value.length > 200
    ? `text of ${formatCount(value.length)}`
    : typeof value === 'string'
      ? 'text'
      : typeof value
}

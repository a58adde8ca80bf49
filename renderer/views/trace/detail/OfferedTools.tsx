import { useMemo } from 'react'
import type { JsonValue } from '../../../../shared/domain/json.ts'
import type { ToolOffer } from '../../../../shared/domain/message.ts'
import type { Span } from '../../../../shared/domain/span.ts'
import { formatPlural } from '../../../../shared/format/numbers.ts'
import { visibleLine, visibleText } from '../../../../shared/format/visible-text.ts'
import { JsonText } from '../../../components/json/JsonText.tsx'
import { isNested, prettyJson } from '../../../components/json/pretty.ts'
import { Value } from '../../../components/value/Value.tsx'
import { Block } from './Block.tsx'
import styles from './detail.module.css'

/** What the model could have called, what it did call, and what it called without having been offered it. */
export function OfferedTools({ span }: { readonly span: Span }) {
  const offered = span.toolsOffered ?? []
  const calls = useMemo(() => callsOf(span), [span])
  if (offered.length === 0) return <p className={styles.note}>No tools were offered.</p>
  const names = new Set(offered.map(({ name }) => name))
  const called = offered.filter(({ name }) => calls.has(name)).length
  const unknown = [...calls.keys()].filter(name => !names.has(name))
  return (
    <>
      <p className={styles.summary}>
        {formatPlural(offered.length, 'tool')} offered, {called === 0 ? 'none' : called} called
      </p>
      {unknown.map(name => (
        <p key={name} className={styles.unknownTool}>
          ✕ called without being offered:{' '}
          <Value field="tool" value={name}>
            {visibleLine(name, 200)}
          </Value>
        </p>
      ))}
      {offered.map((tool, i) => (
        // Two tools may carry one name.
        // oxlint-disable-next-line react/no-array-index-key
        <Offer key={i} tool={tool} times={calls.get(tool.name) ?? 0} />
      ))}
    </>
  )
}

function Offer({ tool, times }: { readonly tool: ToolOffer; readonly times: number }) {
  const { name, description, parameters } = tool
  const said = times === 0 ? 'not called' : times === 1 ? 'called' : `called ${times} times`
  const shown = visibleLine(name, 200) || '(no name)'
  const taken = useMemo(() => (parameters === undefined ? [] : parametersOf(parameters)), [parameters])
  return (
    <Block
      title={shown}
      shown={
        <Value field="tool" value={name}>
          {shown}
        </Value>
      }
      aside={times > 0 ? <b className={styles.called}>{said}</b> : said}
      copy={() => prettyJson(tool as unknown as JsonValue)}
    >
      {description !== undefined && <p className={styles.prose}>{visibleText(description.slice(0, 8000))}</p>}
      {taken.length > 0 && (
        <p className={styles.parameters}>
          {taken.map(({ name: parameter, type, required }) => (
            <span key={parameter}>
              <code>{visibleLine(parameter, 80)}</code>
              {required ? '' : '?'} <span className={styles.aside}>{visibleLine(type, 60)}</span>
            </span>
          ))}
        </p>
      )}
      {parameters !== undefined && <JsonText value={parameters} fold={taken.length > 0 ? 4 : 12} />}
    </Block>
  )
}

/** How often each tool was called by the answer. */
function callsOf(span: Span): ReadonlyMap<string, number> {
  const calls = new Map<string, number>()
  for (const { parts } of span.outputMessages ?? []) {
    for (const part of parts) if (part.type === 'tool_call') calls.set(part.name, (calls.get(part.name) ?? 0) + 1)
  }
  return calls
}

interface Parameter {
  readonly name: string
  readonly type: string
  readonly required: boolean
}

/** The parameters a JSON schema names, in a line; nothing where it is no such schema. */
function parametersOf(schema: JsonValue): Parameter[] {
  const properties = memberOf(schema, 'properties')
  if (!isNested(properties ?? null) || Array.isArray(properties)) return []
  const required = memberOf(schema, 'required')
  return Object.entries(properties as object)
    .slice(0, 30)
    .map(([name, value]: [string, JsonValue]) => {
      const type = memberOf(value, 'type')
      const isRequired = Array.isArray(required) && required.includes(name)
      return {
        name,
        type: Array.isArray(type) ? type.join(' | ') : typeof type === 'string' ? type : '',
        required: isRequired,
      }
    })
}

function memberOf(value: JsonValue, key: string): JsonValue | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, key))
    return undefined
  return (value as { readonly [name: string]: JsonValue })[key]
}

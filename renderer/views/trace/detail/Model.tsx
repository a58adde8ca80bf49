import { useMemo } from 'react'
import type { JsonValue } from '../../../../shared/domain/json.ts'
import type { Span } from '../../../../shared/domain/span.ts'
import { formatDuration } from '../../../../shared/format/times.ts'
import { visibleLine } from '../../../../shared/format/visible-text.ts'
import { isNested, prettyJson } from '../../../components/json/pretty.ts'
import { JsonText } from '../../../components/json/JsonText.tsx'
import { Value } from '../../../components/value/Value.tsx'
import { Block, Pair, Pairs } from './Block.tsx'
import styles from './detail.module.css'
import { Fact, readFrom } from './Fact.tsx'
import { findSaid } from './find-said.ts'
import { microseconds, tokensPerSecond } from './sections.ts'

/** Who answered, as whom it was asked, with which settings, and how it ended. */
export function Model({ span }: { readonly span: Span }) {
  const said = useMemo(() => findSaid(span), [span])
  const first = microseconds(span.timeToFirstTokenNs)
  const speed = tokensPerSecond(span)
  const parameters = Object.entries(span.parameters ?? {})
  return (
    <>
      <Pairs>
        <Fact span={span} name="model" of="model" value={span.model} asked="model" />
        {span.model === undefined && (
          <Pair name="model" aside="not in the file">
            —
          </Pair>
        )}
        <Fact span={span} name="requested model" of="requestModel" value={span.requestModel} />
        <Fact span={span} name="provider" of="provider" value={span.provider} asked="provider" />
        <Fact span={span} name="operation" of="operation" value={span.operation} asked="operation" />
        <Fact span={span} name="response id" of="responseId" value={span.responseId} asked="response.id" />
        {(span.finishReasons ?? []).map((reason, i) => (
          // Several outputs may end for one reason.
          // oxlint-disable-next-line react/no-array-index-key
          <Fact key={i} span={span} name="finish" of="finishReasons" value={reason} asked="finish" />
        ))}
        {said.map(({ name, value, from }) => (
          <Pair key={name} name={name} aside={`read from ${visibleLine(from, 200)}`}>
            <Value field={span.attributes[from] === value ? `@${from}` : ''} value={value}>
              {visibleLine(value, 400)}
            </Value>
          </Pair>
        ))}
        <Fact span={span} name="streamed" of="streamed" value={span.streamed} />
        {first !== undefined && (
          <Pair name="first token" aside={readFrom(span, 'timeToFirstTokenNs')}>
            {formatDuration(first)}
          </Pair>
        )}
        {speed !== undefined && (
          <Pair name="speed" aside={first === undefined ? 'output over the whole call' : 'after the first token'}>
            {speed < 10 ? speed.toFixed(1) : Math.round(speed)} tokens a second
          </Pair>
        )}
      </Pairs>
      <Block
        title="Parameters"
        aside={parameters.length === 0 ? undefined : readFrom(span, 'parameters')}
        copy={parameters.length === 0 ? undefined : () => prettyJson(span.parameters as JsonValue)}
      >
        {parameters.length === 0 && <p className={styles.aside}>The file gives no parameters.</p>}
        <dl>
          {parameters.map(([name, value]) => (
            <Parameter key={name} span={span} name={name} value={value} />
          ))}
        </dl>
      </Block>
    </>
  )
}

interface ParameterProps {
  readonly span: Span
  readonly name: string
  readonly value: JsonValue
}

function Parameter({ span, name, value }: ParameterProps) {
  const written = typeof value === 'string' ? value : JSON.stringify(value)
  return (
    <Pair name={visibleLine(name, 100)}>
      {isNested(value) ? (
        <JsonText value={value} fold={8} />
      ) : (
        <Value field={fieldOfParameter(span, name, value)} value={written}>
          {visibleLine(written, 400)}
        </Value>
      )}
    </Pair>
  )
}

/** What the query language calls a parameter: its own field, else the attribute that holds it. */
function fieldOfParameter(span: Span, name: string, value: JsonValue): string {
  if (name === 'temperature') return 'temperature'
  const attribute = Object.keys(span.attributes).find(
    each => (each === name || each.endsWith(`.${name}`)) && span.attributes[each] === value,
  )
  return attribute === undefined ? '' : `@${attribute}`
}

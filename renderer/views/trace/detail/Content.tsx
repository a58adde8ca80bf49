import type { JsonValue } from '../../../../shared/domain/json.ts'
import type { Prompt } from '../../../../shared/domain/message.ts'
import type { Span, ToolExecution } from '../../../../shared/domain/span.ts'
import { visibleLine, visibleText } from '../../../../shared/format/visible-text.ts'
import { JsonText } from '../../../components/json/JsonText.tsx'
import { prettyJson } from '../../../components/json/pretty.ts'
import { Value } from '../../../components/value/Value.tsx'
import { Block, Pair, Pairs, ValueBlock } from './Block.tsx'
import styles from './detail.module.css'

interface ContentProps {
  readonly input: JsonValue | undefined
  readonly output: JsonValue | undefined
}

export function Content({ input, output }: ContentProps) {
  return (
    <>
      <ValueBlock title="Input" value={input} absent="The file gives no input." fold={60} />
      <ValueBlock title="Output" value={output} absent="The file gives no output." />
    </>
  )
}

interface ToolProps {
  readonly tool: ToolExecution
  readonly failed: boolean
}

export function ToolSection({ tool, failed }: ToolProps) {
  return (
    <>
      {(tool.name !== undefined || tool.callId !== undefined || tool.description !== undefined) && (
        <Pairs>
          {tool.name !== undefined && (
            <Pair name="tool">
              <Value field="tool" value={tool.name}>
                {visibleLine(tool.name, 400)}
              </Value>
            </Pair>
          )}
          {tool.callId !== undefined && (
            <Pair name="call">
              <code>{visibleLine(tool.callId, 400)}</code>
            </Pair>
          )}
          {tool.description !== undefined && (
            <Pair name="description">{visibleText(tool.description.slice(0, 4000))}</Pair>
          )}
        </Pairs>
      )}
      <ValueBlock title="Arguments" value={tool.arguments} absent="The file gives no arguments." />
      <ValueBlock
        title="Result"
        value={tool.result}
        absent={failed ? 'It failed: no result.' : 'The file gives no result.'}
        failed={failed}
      />
    </>
  )
}

/** What the model could have called, and what it did call. */
export function OfferedTools({ span }: { readonly span: Span }) {
  const calls = new Map<string, number>()
  for (const { parts } of span.outputMessages ?? []) {
    for (const part of parts) if (part.type === 'tool_call') calls.set(part.name, (calls.get(part.name) ?? 0) + 1)
  }
  const offered = span.toolsOffered ?? []
  if (offered.length === 0) return <p className={styles.note}>No tools were offered.</p>
  return offered.map((tool, i) => {
    const times = calls.get(tool.name) ?? 0
    const said = times === 0 ? 'not called' : times === 1 ? 'called' : `called ${times} times`
    const { parameters } = tool
    return (
      <Block
        // Two tools may carry one name.
        // oxlint-disable-next-line react/no-array-index-key
        key={i}
        title={visibleLine(tool.name, 200) || '(no name)'}
        aside={times > 0 ? <b className={styles.called}>{said}</b> : said}
        copy={() => prettyJson(tool as unknown as JsonValue)}
      >
        {tool.description !== undefined && (
          <p className={styles.prose}>{visibleText(tool.description.slice(0, 8000))}</p>
        )}
        {parameters !== undefined && <JsonText value={parameters} fold={12} />}
      </Block>
    )
  })
}

export function PromptSection({ prompt }: { readonly prompt: Prompt }) {
  return (
    <>
      <Pairs>
        <Pair name="name">
          <Value field="prompt" value={prompt.name}>
            {prompt.name === undefined ? '—' : visibleLine(prompt.name, 400)}
          </Value>
        </Pair>
        <Pair name="version">
          <Value field="prompt.version" value={prompt.version}>
            {prompt.version === undefined ? '—' : visibleLine(prompt.version, 400)}
          </Value>
        </Pair>
        {prompt.label !== undefined && <Pair name="label">{visibleLine(prompt.label, 400)}</Pair>}
      </Pairs>
      <ValueBlock title="Template" value={prompt.template} absent="The file gives no template." />
      <ValueBlock title="Variables" value={prompt.variables} absent="The file gives no variables." />
    </>
  )
}

import type { JsonValue } from '../../../../shared/domain/json.ts'
import type { Prompt } from '../../../../shared/domain/message.ts'
import type { ToolExecution } from '../../../../shared/domain/span.ts'
import { promptAddress } from '../../../state/prompt-address.ts'
import { visibleLine, visibleText } from '../../../../shared/format/visible-text.ts'
import { navigate } from '../../../app/view.ts'
import { Button } from '../../../components/button/Button.tsx'
import { Value } from '../../../components/value/Value.tsx'
import { Pair, Pairs, ValueBlock } from './Block.tsx'

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
              <Value field="" value={tool.callId}>
                <code>{visibleLine(tool.callId, 400)}</code>
              </Value>
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

export function PromptSection({ prompt }: { readonly prompt: Prompt }) {
  return (
    <>
      <Pairs>
        <Pair name="name">
          <Value field="prompt" value={prompt.name}>
            {prompt.name === undefined ? '—' : visibleLine(prompt.name, 400)}
          </Value>{' '}
          {prompt.name !== undefined && (
            <Button look="quiet" onClick={() => navigate(promptAddress(prompt.name ?? '', prompt.version))}>
              All its versions
            </Button>
          )}
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

// What a span says without any LLM dialect: a call recognised by its shape, and input and output under plain names.
// Read last, for every span.

import { allOwnNames, ownNames } from '../domain/own-names.ts'
import type { RawSpan } from '../domain/raw-span.ts'
import { kindRank, type Content, type Facts, type Reading } from './convention.ts'
import { kindOfName } from './scopes.ts'
import { asJson, asLabel, asText, present } from './values.ts'

/** Facts under general names, and a kind for spans no dialect gave one: a telling name, or a model plus tokens. */
export function readShape(span: RawSpan, reading: Reading<Facts>): void {
  const { values } = reading
  if (span.attributes[ownNames.unanswered] === true) reading.marks.push('unanswered')
  if (span.attributes[ownNames.replayed] === true) reading.marks.push('replayed')
  reading.take('toolName', asLabel(span.attributes['tool.name']), 'tool.name')
  reading.take('promptName', asLabel(span.attributes['prompt.name']), 'prompt.name')
  reading.take('promptVersion', asLabel(span.attributes['prompt.version']), 'prompt.version')
  if (values.kind !== undefined) return
  reading.take('kind', kindOfName(span), 'span name', kindRank.scope)
  if (values.kind !== undefined) return
  const model = values.model ?? values.requestModel
  const { usage } = values
  if (model !== undefined && usage !== undefined && (usage.input !== undefined || usage.output !== undefined)) {
    reading.take('kind', 'generation', 'model and tokens', kindRank.shape)
  }
}

const inputs = ['input.value', 'input', 'tool.input', 'tool.parameters'] as const
const outputs = ['output.value', 'output', 'tool.output', 'tool.result'] as const

/** Attributes that are read of every span. */
export const commonNames: readonly string[] = [
  ...inputs,
  ...outputs,
  'input.mime_type',
  'output.mime_type',
  'tool.name',
  'prompt.name',
  'prompt.version',
  ...allOwnNames,
]

/** How many of input and output a span has under plain names. */
export function countPlainTexts({ attributes }: RawSpan): number {
  const has = (name: string) => (attributes[name] ?? '') !== ''
  return Number(inputs.some(has)) + Number(outputs.some(has))
}

export function readPlainContent(span: RawSpan, reading: Reading<Content>, facts: Readonly<Facts>): void {
  const { attributes } = span
  for (const [field, names, mime] of [
    ['input', inputs, 'input.mime_type'],
    ['output', outputs, 'output.mime_type'],
  ] as const) {
    for (const name of names) {
      if (attributes[name] === undefined || attributes[name] === null) continue
      // A text that declares itself plain is not taken apart, even where it looks like JSON.
      const plain =
        name.endsWith('.value') && asText(attributes[mime]) === 'text/plain' ? asText(attributes[name]) : undefined
      reading.take(field, plain ?? asJson(attributes[name]), name)
    }
  }
  reading.take('prompt', present({ name: facts.promptName, version: facts.promptVersion }), 'prompt.version')
  if (facts.kind === 'tool') readToolFromShape(reading, facts)
}

/** A tool span whose dialect has no words of its own for arguments and result: they are its input and output. */
function readToolFromShape(reading: Reading<Content>, facts: Readonly<Facts>): void {
  const tool = reading.values.tool ?? {}
  const { input, output } = reading.values
  const name = tool.name ?? facts.toolName
  reading.take(
    'tool',
    {
      ...tool,
      ...(name === undefined ? {} : { name }),
      ...(tool.arguments === undefined && input !== undefined ? { arguments: input } : {}),
      ...(tool.result === undefined && output !== undefined ? { result: output } : {}),
    },
    reading.readBy?.['tool'] ?? 'input and output',
    -1,
  )
}

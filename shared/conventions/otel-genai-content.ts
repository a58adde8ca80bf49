// The texts and structures of OpenTelemetry GenAI attributes, generations 1 to 4.

import type { RawSpan } from '../domain/raw-span.ts'
import type { JsonValue } from '../domain/json.ts'
import type { Content, Facts, Reading } from './convention.ts'
import { documentsOf } from './documents.ts'
import { readInstructions, readMessages, takeMessages } from './messages.ts'
import { readTools } from './tools.ts'
import { asJson, asLabel, asLabels, asList, asText, emptyObject, present, toJson, type Written } from './values.ts'

const parameterPrefixes = ['gen_ai.request.', 'gen_ai.openai.request.', 'openai.request.', 'aws.bedrock.'] as const

/** What stands on the request, the store or the output and is no parameter by its name. */
const parameterNames = [
  ['gen_ai.output.type', 'output_type'],
  ['gen_ai.retrieval.top_k', 'top_k'],
  ['gen_ai.embeddings.dimension.count', 'dimensions'],
  ['gen_ai.data_source.id', 'data_source'],
  ['gen_ai.memory.store.id', 'memory_store'],
  ['gen_ai.memory.record.id', 'memory_record'],
] as const

export const contentNames: readonly string[] = [
  ...parameterPrefixes.map(prefix => `${prefix}*`),
  ...parameterNames.map(([name]) => name),
  'gen_ai.response.finish_reasons',
  'gen_ai.system_instructions',
  'gen_ai.input.messages',
  'gen_ai.output.messages',
  'gen_ai.prompt',
  'gen_ai.completion',
  'gen_ai.tool.*',
  'gen_ai.retrieval.documents',
  'gen_ai.retrieval.query.text',
  'gen_ai.memory.query.text',
  'gen_ai.memory.records',
]
const notParameters = new Set(['gen_ai.request.model'])

export function readGenAiContent(span: RawSpan, reading: Reading<Content>, facts: Readonly<Facts>): void {
  const a = span.attributes
  readParameters(span, reading)
  reading.take('finishReasons', asLabels(a['gen_ai.response.finish_reasons']), 'gen_ai.response.finish_reasons')
  takeConversation(
    reading,
    a['gen_ai.system_instructions'],
    a['gen_ai.input.messages'],
    a['gen_ai.output.messages'],
    'gen_ai',
  )
  // Generation 1: the whole prompt and completion as JSON in one text.
  takeMessages(reading, 'inputMessages', readMessages(a['gen_ai.prompt'], 'user'), 'gen_ai.prompt')
  takeMessages(reading, 'outputMessages', readMessages(a['gen_ai.completion'], 'assistant'), 'gen_ai.completion')
  reading.take('toolsOffered', readTools(a['gen_ai.tool.definitions']), 'gen_ai.tool.definitions')
  if (facts.kind === 'tool' || a['gen_ai.tool.call.id'] !== undefined) readTool(span, reading)
  const documents = asList(a['gen_ai.retrieval.documents'])
  if (documents) reading.take('documents', documentsOf(documents), 'gen_ai.retrieval.documents')
  for (const name of ['gen_ai.retrieval.query.text', 'gen_ai.memory.query.text'] as const) {
    reading.take('query', asText(a[name]), name)
  }
  if (a['gen_ai.memory.records'] !== undefined)
    reading.take('output', asJson(a['gen_ai.memory.records']), 'gen_ai.memory.records')
  reading.take(
    'prompt',
    present({ name: asLabel(a['gen_ai.prompt.name']), version: asLabel(a['gen_ai.prompt.version']) }),
    'gen_ai.prompt.name',
  )
}

/** Messages and instructions of generation 3 and 4, from attributes or from the event that carries the same names. */
function takeConversation(
  reading: Reading<Content>,
  instructions: Written,
  input: Written,
  output: Written,
  from: string,
): void {
  const system = readInstructions(instructions)
  const rest = readMessages(input, 'user')
  const messages = system ? [system, ...(rest ?? [])] : rest
  takeMessages(reading, 'inputMessages', messages, `${from}.input.messages`)
  takeMessages(reading, 'outputMessages', readMessages(output, 'assistant'), `${from}.output.messages`)
}

function readParameters(span: RawSpan, reading: Reading<Content>): void {
  const parameters = emptyObject()
  let any = false
  const put = (name: string, value: JsonValue) => {
    parameters[name] = value
    any = true
  }
  for (const [name, value] of Object.entries(span.attributes)) {
    if (notParameters.has(name)) continue
    const prefix = parameterPrefixes.find(start => name.startsWith(start))
    if (prefix !== undefined) put(name.slice(prefix.length), asJson(value) ?? null)
  }
  for (const [name, as] of parameterNames) {
    const value = span.attributes[name]
    if (value !== undefined) put(as, toJson(value))
  }
  if (any) reading.take('parameters', parameters, 'gen_ai.request.*')
}

function readTool(span: RawSpan, reading: Reading<Content>): void {
  const a = span.attributes
  reading.take(
    'tool',
    present({
      name: asLabel(a['gen_ai.tool.name']),
      callId: asLabel(a['gen_ai.tool.call.id']),
      description: asText(a['gen_ai.tool.description']),
      arguments: asJson(a['gen_ai.tool.call.arguments']),
      result: asJson(a['gen_ai.tool.call.result']),
    }),
    'gen_ai.tool.*',
  )
}

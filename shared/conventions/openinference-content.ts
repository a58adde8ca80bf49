// The texts and structures of OpenInference, flattened or nested.

import type { JsonObject } from '../domain/json.ts'
import type { Message, Part, RetrievedDocument, ToolOffer } from '../domain/message.ts'
import type { RawSpan } from '../domain/raw-span.ts'
import type { Content, Facts, Reading } from './convention.ts'
import { documentsOf } from './documents.ts'
import { takeMessages } from './messages.ts'
import { parseScalarJson } from './json-text.ts'
import { readFrom } from './origins.ts'
import { readPart, readToolCall, structured } from './parts.ts'
import { readTool } from './tools.ts'
import { unflatten, type Place } from './unflatten.ts'
import { asJson, asLabel, asLabels, asObject, asText, present, toJson, type Written } from './values.ts'

const roots = [
  'llm.input_messages',
  'llm.output_messages',
  'llm.prompts',
  'llm.choices',
  'llm.tools',
  'llm.function_call',
  'retrieval.documents',
  'reranker.input_documents',
  'reranker.output_documents',
  'embedding.embeddings',
] as const

export const contentNames: readonly string[] = [
  ...roots,
  ...roots.map(root => `${root}.*`),
  'llm.invocation_parameters',
  'llm.finish_reason',
  'llm.function_call',
  'llm.prompt_template.*',
  'reranker.query',
  'reranker.top_k',
  'embedding.text',
  'embedding.invocation_parameters',
  'tool.id',
  'tool.description',
  'tool.parameters',
  'input.value',
  'output.value',
  'metadata',
]

export function readOpenInferenceContent(span: RawSpan, reading: Reading<Content>, facts: Readonly<Facts>): void {
  const a = span.attributes
  const tree = unflatten(a, roots)
  readConversation(tree, reading)
  for (const name of ['llm.invocation_parameters', 'embedding.invocation_parameters'] as const)
    reading.take('parameters', readParameters(a[name]), name)
  if (a['reranker.top_k'] !== undefined)
    reading.take('parameters', { top_k: toJson(a['reranker.top_k']) }, 'reranker.top_k')
  reading.take('finishReasons', asLabels(a['llm.finish_reason']), 'llm.finish_reason')
  const tools = tree.list('llm', 'tools').flatMap(readOffer)
  if (tools.length > 0) reading.take('toolsOffered', tools, 'llm.tools.N')
  readDocuments(tree, reading)
  reading.take('query', asText(a['reranker.query']), 'reranker.query')
  if (facts.kind === 'retrieval') reading.take('query', plainText(a['input.value']), 'input.value')
  if (facts.kind === 'tool') readToolSpan(span, reading)
  if (facts.kind === 'embedding') readEmbedded(span, tree, reading)
  reading.take('metadata', asObject(a['metadata']), 'metadata')
  reading.take(
    'prompt',
    present({
      name: asLabel(a['prompt.name'] ?? a['prompt.id']),
      version: asLabel(a['llm.prompt_template.version'] ?? a['prompt.version']),
      template: asText(a['llm.prompt_template.template']),
      variables: asJson(a['llm.prompt_template.variables']),
    }),
    'llm.prompt_template.*',
  )
}

/** The request less what has a place of its own. */
function readParameters(value: Written): JsonObject | undefined {
  const written = asObject(value)
  if (written === undefined) return undefined
  const { model: _model, tools: _tools, functions: _functions, messages: _messages, ...rest } = written
  return Object.keys(rest).length > 0 ? rest : undefined
}

function readConversation(tree: Place, reading: Reading<Content>): void {
  for (const [field, name, role] of [
    ['inputMessages', 'input_messages', 'user'],
    ['outputMessages', 'output_messages', 'assistant'],
  ] as const) {
    const messages = tree.list('llm', name).map(place => readFlattened(place.at('message') ?? place, role))
    takeMessages(reading, field, messages, `llm.${name}.N`)
  }
  const completions = (list: readonly Place[], word: string, role: string): Message[] =>
    list.flatMap(place => {
      const text = place.text(word, 'text')
      return text === undefined ? [] : [{ role, parts: [{ type: 'text', text }] as const }]
    })
  const prompts = completions(tree.list('llm', 'prompts'), 'prompt', 'user')
  takeMessages(reading, 'inputMessages', prompts, 'llm.prompts.N')
  const choices = completions(tree.list('llm', 'choices'), 'completion', 'assistant')
  takeMessages(reading, 'outputMessages', choices, 'llm.choices.N')
  // Before tool calls there was one function.
  const called = tree.json('llm', 'function_call')
  const call =
    called !== null && typeof called === 'object' && !Array.isArray(called)
      ? readToolCall(called as JsonObject)
      : undefined
  if (call) reading.take('outputMessages', [{ role: 'assistant', parts: [call] }], 'llm.function_call', -1)
}

function readFlattened(message: Place, otherwise: string): Message {
  const role = message.label('role')?.toLowerCase() ?? otherwise
  const callId = message.label('tool_call_id')
  const text = message.text('content')
  // The Claude Agent SDK's instrumentation writes a list: message.content.0.
  const texts = message.list('content').flatMap(place => place.text() ?? [])
  const parts: Part[] = message
    .list('contents')
    .flatMap(place => readContent(place.at('message_content') ?? place) ?? [])
  if (callId !== undefined || role === 'tool') {
    const result = text ?? (texts.length > 0 ? texts.join('\n') : undefined)
    if (result !== undefined || parts.length === 0) {
      const part: Part = {
        type: 'tool_result',
        ...present({ id: callId, name: message.label('name'), result: structured(result) }),
      }
      parts.push(readFrom(part, present({ content: result }) ?? {}))
    }
  } else {
    const plain = text === undefined ? texts : text === '' ? [] : [text]
    parts.unshift(...plain.map(written => ({ type: 'text', text: written }) as const))
  }
  for (const place of message.list('tool_calls')) parts.push(readCall(place.at('tool_call') ?? place))
  const legacy = message.label('function_call_name')
  if (legacy !== undefined)
    parts.push({
      type: 'tool_call',
      name: legacy,
      ...present({ arguments: message.json('function_call_arguments_json') }),
    })
  const name = callId === undefined ? message.label('name') : undefined
  const read: Message = { role, ...present({ name, finishReason: message.label('finish_reason') }), parts }
  // A list of one text is another content than that text.
  return readFrom(read, { role, ...(message.at('contents') ? { contents: [] } : {}) })
}

function readContent(place: Place): Part | undefined {
  const type = place.label('type') ?? ''
  const text = place.text('text')
  const url =
    place.text('image', 'image', 'url') ??
    place.text('image', 'url') ??
    place.text('audio', 'audio', 'url') ??
    place.text('video', 'video', 'url') ??
    place.text('video', 'url') ??
    place.text('image')
  if (url !== undefined) {
    const mimeType =
      place.label('audio', 'audio', 'mime_type') ?? /^data:([\w.+-]+\/[\w.+-]+)/.exec(url.slice(0, 100))?.[1]
    return { type: 'media', ...present({ mimeType, modality: type === '' ? undefined : type, uri: url }) }
  }
  if (type === 'reasoning' || type === 'thinking') {
    const [signed, encrypted, data] = [place.text('signature'), place.text('encrypted_content'), place.text('data')]
    const part: Part = { type: 'reasoning', text: text ?? '', ...present({ signature: signed ?? encrypted ?? data }) }
    return readFrom(part, {
      ...present({ id: place.label('id'), signature: signed, encrypted_content: encrypted, data }),
    })
  }
  if (text !== undefined) return type === 'refusal' ? { type: 'refusal', text } : { type: 'text', text }
  const whole = place.json()
  if (whole === undefined || whole === null || typeof whole !== 'object' || Array.isArray(whole)) return undefined
  return readPart(whole as JsonObject)
}

function readCall(place: Place): Part {
  const written = place.text('function', 'arguments') ?? place.text('arguments')
  const part: Part = {
    type: 'tool_call',
    name: place.label('function', 'name') ?? place.label('name') ?? '',
    ...present({ id: place.label('id'), arguments: place.json('function', 'arguments') ?? place.json('arguments') }),
  }
  return readFrom(part, { ...present({ arguments: written, reasoning_signature: place.text('reasoning_signature') }) })
}

function readOffer(place: Place): ToolOffer[] {
  const schema = readTool(place.json('tool', 'json_schema') ?? place.json('json_schema'))
  if (schema.length > 0) return schema
  const name = place.label('tool', 'name')
  if (name === undefined) return []
  return [
    {
      name,
      ...present({ description: place.text('tool', 'description'), parameters: place.json('tool', 'parameters') }),
    },
  ]
}

/** Of a reranker, the order it gave, and the place each document had before. */
function readDocuments(tree: Place, reading: Reading<Content>): void {
  const given = readList(tree.list('reranker', 'input_documents'))
  const before = new Map(given?.flatMap(({ id, content, rank }) => [[id ?? content, rank] as const]))
  const ranked = readList(tree.list('reranker', 'output_documents'))?.map(document => {
    const rankBefore = before.get(document.id ?? document.content)
    return rankBefore === undefined ? document : { ...document, rankBefore }
  })
  reading.take('documents', ranked, 'reranker.output_documents.N')
  for (const root of ['retrieval.documents', 'reranker.input_documents'] as const) {
    const documents = readList(tree.list(...root.split('.')))
    if (documents) reading.take('documents', documents, `${root}.N`)
  }
}

function readList(places: readonly Place[]): RetrievedDocument[] | undefined {
  return documentsOf(places.flatMap(place => place.json('document') ?? place.json() ?? []))
}

function readToolSpan(span: RawSpan, reading: Reading<Content>): void {
  const a = span.attributes
  const written = a['tool.parameters'] ?? a['input.value']
  reading.take(
    'tool',
    present({
      name: asLabel(a['tool.name']) ?? span.name,
      callId: asLabel(a['tool.id'] ?? a['tool_call.id']),
      description: asText(a['tool.description']),
      arguments: asJson(a['input.value'] ?? written),
      result:
        a['output.value'] === undefined
          ? undefined
          : (parseScalarJson(asText(a['output.value']) ?? '') ?? toJson(a['output.value'])),
    }),
    'tool.*',
  )
}

function readEmbedded(span: RawSpan, tree: Place, reading: Reading<Content>): void {
  const texts = tree
    .list('embedding', 'embeddings')
    .flatMap(place => place.text('embedding', 'text') ?? place.text('text') ?? [])
  if (texts.length > 0) reading.take('input', texts.length === 1 ? texts[0]! : texts, 'embedding.embeddings.N')
  reading.take('input', asText(span.attributes['embedding.text']), 'embedding.text')
}

function plainText(value: Written): string | undefined {
  const text = asText(value)
  return text === undefined || text === '' ? undefined : text
}

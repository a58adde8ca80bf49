import type { JsonValue } from '../../shared/domain/json.ts'
import type { SpanKind } from '../../shared/domain/kind.ts'
import type { Message, Part, ToolOffer } from '../../shared/domain/message.ts'
import type { Span } from '../../shared/domain/span.ts'
import { shifted } from './cells.ts'

// What a span means, in the names of OpenTelemetry GenAI, for spans whose own names no other tool knows.

const operations: { readonly [kind in SpanKind]?: string } = {
  generation: 'chat',
  embedding: 'embeddings',
  retrieval: 'retrieval',
  reranker: 'rerank',
  tool: 'execute_tool',
  agent: 'invoke_agent',
  workflow: 'invoke_workflow',
  memory: 'search_memory',
}

/** Attributes by name; absent facts are absent. Structures are JSON texts, as instrumentations write them. */
export function genAiAttributes(span: Span): { readonly [name: string]: JsonValue } {
  const { usage, tool, prompt } = span
  const said: { readonly [name: string]: JsonValue | undefined } = {
    'gen_ai.operation.name': operations[span.kind],
    'gen_ai.provider.name': span.provider,
    'gen_ai.request.model': span.requestModel ?? span.model,
    'gen_ai.response.model': span.model,
    'gen_ai.response.id': span.responseId,
    'gen_ai.response.finish_reasons': span.finishReasons,
    'gen_ai.response.time_to_first_chunk': number(shifted(span.timeToFirstTokenNs, 9)),
    'gen_ai.request.stream': span.streamed,
    'gen_ai.usage.input_tokens': usage?.input,
    'gen_ai.usage.output_tokens': usage?.output,
    'gen_ai.usage.cache_read.input_tokens': usage?.cacheRead,
    'gen_ai.usage.cache_write.input_tokens': usage?.cacheWrite,
    'gen_ai.usage.reasoning.output_tokens': usage?.reasoning,
    'gen_ai.usage.cost': number(span.recordedCost),
    'gen_ai.input.messages': printMessages(span.inputMessages),
    'gen_ai.output.messages': printMessages(span.outputMessages),
    'gen_ai.tool.definitions': print(span.toolsOffered?.map(printTool)),
    'gen_ai.tool.name': tool?.name,
    'gen_ai.tool.call.id': tool?.callId,
    'gen_ai.tool.description': tool?.description,
    'gen_ai.tool.call.arguments': print(tool?.arguments),
    'gen_ai.tool.call.result': print(tool?.result),
    'gen_ai.retrieval.query.text': span.query,
    'gen_ai.retrieval.documents': print(span.documents as JsonValue | undefined),
    'gen_ai.prompt.name': prompt?.name,
    'gen_ai.prompt.version': prompt?.version,
    'gen_ai.agent.name': span.agent,
    'gen_ai.conversation.id': span.session,
    'user.id': span.user,
    'tenant.id': span.tenant,
    'team.name': span.team,
    'deployment.environment.name': span.environment,
    'error.type': span.errorType,
    'input.value': span.tool ? undefined : print(span.input),
    'output.value': span.tool ? undefined : print(span.output),
  }
  const attributes: { [name: string]: JsonValue } = {}
  for (const [name, value] of Object.entries(said)) if (value !== undefined) attributes[name] = value
  for (const [name, value] of Object.entries(span.parameters ?? {})) attributes[`gen_ai.request.${name}`] ??= value
  return attributes
}

function number(decimal: string | undefined): number | undefined {
  const value = Number(decimal ?? Number.NaN)
  return Number.isFinite(value) ? value : undefined
}

function print(value: JsonValue | undefined): string | undefined {
  if (value === undefined) return undefined
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function printTool({ name, type, description, parameters }: ToolOffer): JsonValue {
  return { type: type ?? 'function', name, description: description ?? null, parameters: parameters ?? null }
}

function printMessages(messages: readonly Message[] | undefined): string | undefined {
  return messages && JSON.stringify(messages.map(printMessage))
}

function printMessage({ role, name, finishReason, parts }: Message) {
  return { role, name, parts: parts.map(printPart), finish_reason: finishReason }
}

function printPart(part: Part) {
  switch (part.type) {
    case 'text':
    case 'refusal':
      return { type: part.type, content: part.text }
    case 'reasoning':
      return { type: 'reasoning', content: part.text, signature: part.signature }
    case 'tool_call':
      return { type: 'tool_call', id: part.id, name: part.name, arguments: part.arguments }
    case 'tool_result':
      return { type: 'tool_call_response', id: part.id, name: part.name, response: part.result }
    case 'media':
      return printMedia(part)
    default:
      return part.value
  }
}

function printMedia({ mimeType, modality, uri, fileId, data }: Part & { type: 'media' }) {
  const kind = { mime_type: mimeType, modality }
  if (data !== undefined) return { type: 'blob', ...kind, content: data }
  return fileId === undefined ? { type: 'uri', ...kind, uri } : { type: 'file', ...kind, file_id: fileId }
}

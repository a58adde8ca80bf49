import type { JsonValue } from '../domain/json.ts'
import type { RetrievedDocument } from '../domain/message.ts'
import type { Span } from '../domain/span.ts'
import { configurationOf, configurationValues } from './configuration.ts'
import { messagesText } from './message-text.ts'

/** What an answer may be owed to; of two that say as much, the first is the likelier cause. */
export const callParts = [
  'prompt',
  'model',
  'answering model',
  'fingerprint',
  'parameters',
  'tools',
  'output schema',
  'documents',
  'variables',
  'input',
] as const
export type CallPart = (typeof callParts)[number]

/** Of each part its value. Undefined: nobody says; what a file leaves out and what was not there cannot be told apart. */
export type CallParts = { readonly [P in CallPart]?: JsonValue | undefined }

/** What stands in a call's trace and store beside the call itself. */
export interface AroundCall {
  /** What retrievals found before it. */
  readonly documents: readonly RetrievedDocument[]
  /** Its prompt without the values, where that is known. */
  readonly template?: string | undefined
  /** What it was sent as its prompt, values and all. */
  readonly sent?: string | undefined
  /** Values of its variables. */
  readonly variables: { readonly [name: string]: JsonValue }
}

const systemRoles: ReadonlySet<string> = new Set(['system', 'developer'])

export function partsOfCall(span: Span, around: AroundCall): CallParts {
  const made = configurationValues(configurationOf(span))
  const named = Object.fromEntries(
    Object.entries({ model: span.requestModel ?? span.model, provider: span.provider }).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  )
  // Where nobody says which build answered, as of a call that failed, it is called what was asked for; one name alone is the model's.
  const { model, requestModel, status } = span
  const isTold = requestModel !== undefined && model !== requestModel && status !== 'error'
  return {
    prompt: around.template ?? around.sent,
    model: isEmpty(named) ? undefined : named,
    'answering model': isTold ? model : undefined,
    fingerprint: fingerprintOf(span.attributes),
    parameters: made.parameters,
    tools: made.tools,
    'output schema': made['output schema'],
    documents: [...around.documents, ...(span.documents ?? [])].map(documentName),
    variables: around.variables,
    input: inputOf(span),
  }
}

function isEmpty(value: object): boolean {
  return Object.keys(value).length === 0
}

/** By what a file calls it, and else by what it says. */
function documentName({ id, uri, title, content }: RetrievedDocument): string {
  return (id ?? uri ?? title ?? content ?? '').slice(0, 300)
}

/** The messages behind the prompt. */
function inputOf({ inputMessages = [], input }: Span): JsonValue | undefined {
  const asked = inputMessages.filter(({ role }) => !systemRoles.has(role))
  return asked.length > 0 ? messagesText(asked) : input
}

/** Levels of a response body, and the attributes that may hold one as text. */
const deepest = 5
const isResponse = /output|response|result/i
const written = /"system_fingerprint"\s*:\s*"([^"\\]{1,200})"/

/** Which build of a model answered, where its provider says so (OpenAI's `system_fingerprint`). */
export function fingerprintOf(attributes: Span['attributes']): string | undefined {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.endsWith('system_fingerprint') && typeof value === 'string') return value
    const found = isResponse.test(name) ? fingerprintIn(value, deepest) : undefined
    if (found !== undefined) return found
  }
  return undefined
}

function fingerprintIn(value: JsonValue, levels: number): string | undefined {
  if (typeof value === 'string') return written.exec(value)?.[1]
  if (typeof value !== 'object' || value === null || levels === 0) return undefined
  for (const [name, inner] of Object.entries(value)) {
    const isIt = name === 'system_fingerprint' && typeof inner === 'string'
    const found = isIt ? inner : typeof inner === 'object' ? fingerprintIn(inner, levels - 1) : undefined
    if (found !== undefined) return found
  }
  return undefined
}

// OpenLLMetry (Traceloop): workflows and their steps, association properties, managed prompts, vector stores.
// https://github.com/traceloop/openllmetry-js/tree/main/packages/ai-semantic-conventions
// Its model calls speak GenAI, of which the oldest generation is gen-ai-indexed.ts. Forks rename the prefix and write both.

import type { SpanKind } from '../domain/kind.ts'
import type { JsonObject, JsonValue } from '../domain/json.ts'
import type { Attributes, RawSpan } from '../domain/raw-span.ts'
import { kindRank, type Content, type Convention, type Facts, type Reading } from './convention.ts'
import { documentsOf } from './documents.ts'
import { parseJson, parseScalarJson } from './json-text.ts'
import { foldProvider } from './providers.ts'
import {
  asBoolean,
  asJson,
  asLabel,
  asNumber,
  asObject,
  asText,
  emptyObject,
  firstLabel,
  isList,
  isObject,
  present,
  toJson,
  type Written,
} from './values.ts'

/** The original first: a fork that writes both says the same twice. */
const families = ['traceloop.', 'ioa_observe.'] as const

const kinds: { readonly [word: string]: SpanKind | undefined } = {
  workflow: 'workflow',
  task: 'chain',
  agent: 'agent',
  tool: 'tool',
}

/** Association properties worth lifting; applications choose the names. */
const lifted = {
  session: ['session_id', 'sessionId', 'session.id', 'thread_id', 'conversation_id'],
  user: ['user_id', 'userId', 'user.id'],
  tenant: ['tenant_id', 'tenantId'],
  team: ['team', 'team_id', 'teamId'],
  promptName: ['prompt_name', 'promptName'],
  promptVersion: ['prompt_version', 'promptVersion'],
  requestModel: ['ls_model_name'],
  feature: ['feature'],
} as const satisfies { [field in keyof Facts]?: readonly string[] }

function facts(span: RawSpan, reading: Reading<Facts>): void {
  const a = span.attributes
  for (const family of families) {
    const word = asLabel(a[`${family}span.kind`])
    const kind = word === undefined ? undefined : kinds[word.toLowerCase()]
    reading.take('kind', kind, `${family}span.kind`, kindRank.operation)
    const name = asLabel(a[`${family}entity.name`])
    if (kind === 'agent') reading.take('agent', name, `${family}entity.name`)
    if (kind === 'tool') reading.take('toolName', name, `${family}entity.name`)
    reading.take('traceName', asLabel(a[`${family}workflow.name`]), `${family}workflow.name`)
    readProperties(a, `${family}association.properties.`, reading)
  }
  reading.take('promptName', asLabel(a['traceloop.prompt.key']), 'traceloop.prompt.key')
  const version = firstLabel(a, promptVersions)
  if (version) reading.take('promptVersion', version.value, version.from)
  if (findsDocuments(span)) reading.take('kind', 'retrieval', 'db.vector.query', kindRank.scope)
  if (asLabel(a['gen_ai.guardrail.name']) !== undefined) readGuardrail(a, reading)
}

const promptVersions = ['version', 'version_name', 'version_hash'].map(name => `traceloop.prompt.${name}`)

function readProperties(a: Attributes, prefix: string, reading: Reading<Facts>): void {
  for (const field of Object.keys(lifted) as (keyof typeof lifted)[]) {
    for (const name of lifted[field]) reading.take(field, asLabel(a[prefix + name]), prefix + name, 1)
  }
  const provider = asLabel(a[`${prefix}ls_provider`])
  if (provider !== undefined) reading.take('provider', foldProvider(provider), `${prefix}ls_provider`, 1)
}

function readGuardrail(a: Attributes, reading: Reading<Facts>): void {
  reading.take('kind', 'guardrail', 'gen_ai.guardrail.name', kindRank.operation)
  const status = asLabel(a['gen_ai.guardrail.status'])?.toLowerCase()
  const error = asLabel(a['gen_ai.guardrail.error.type'])
  reading.take('errorType', error, 'gen_ai.guardrail.error.type')
  if (status === 'error' || error !== undefined) reading.take('status', 'error', 'gen_ai.guardrail.status')
}

/** Events of vector stores. Distance is not score: near is small. */
const found = new Set(['db.query.result', 'db.search.result'])

function findsDocuments(span: RawSpan): boolean {
  return span.attributes['db.vector.query.top_k'] !== undefined || span.events.some(({ name }) => found.has(name))
}

function content(span: RawSpan, reading: Reading<Content>): void {
  const a = span.attributes
  for (const family of families) {
    reading.take('input', unwrapped(a[`${family}entity.input`]), `${family}entity.input`)
    reading.take('output', plain(a[`${family}entity.output`]), `${family}entity.output`)
    reading.take('metadata', under(a, `${family}association.properties`), `${family}association.properties.*`)
  }
  reading.take('input', asJson(a['gen_ai.guardrail.input']), 'gen_ai.guardrail.input')
  reading.take('output', asJson(a['gen_ai.guardrail.output'] ?? a['mcp.response.value']), 'gen_ai.guardrail.output')
  reading.take(
    'prompt',
    present({
      name: asLabel(a['traceloop.prompt.key']),
      version: firstLabel(a, promptVersions)?.value,
      label: asLabel(a['traceloop.prompt.version_name']),
      template: asText(a['traceloop.prompt.template']),
      variables: under(a, 'traceloop.prompt.template_variables'),
    }),
    'traceloop.prompt.*',
  )
  readRetrieval(span, reading)
}

/** Values are JSON, plain texts too: `"\"text\""`. */
function plain(value: Written): JsonValue | undefined {
  const text = asText(value)
  return (text === undefined ? undefined : parseScalarJson(text)) ?? asJson(value)
}

/** Both languages wrap what a step was called with: `{"args": […], "kwargs": {…}}`. */
function unwrapped(value: Written): JsonValue | undefined {
  const read = plain(value)
  if (!isObject(read) || !isList(read['args'])) return read
  const { args, kwargs, ...others } = read
  if (Object.keys(others).length > 0) return read
  const named = isObject(kwargs) && Object.keys(kwargs).length > 0
  if (args.length === 0) return named ? kwargs : undefined
  return args.length === 1 && !named ? (args[0] ?? undefined) : read
}

/** The attributes below a name, or the object that stands at it. */
function under(a: Attributes, name: string): JsonObject | undefined {
  const all = emptyObject()
  Object.assign(all, asObject(a[name]))
  for (const key of Object.keys(a)) {
    if (key.startsWith(`${name}.`)) all[key.slice(name.length + 1)] = toJson(a[key]!)
  }
  return Object.keys(all).length > 0 ? all : undefined
}

function readRetrieval(span: RawSpan, reading: Reading<Content>): void {
  const documents = span.events.flatMap(({ name, attributes }): JsonValue[] => {
    if (!found.has(name)) return []
    const said = (field: string): Written => attributes[`${name}.${field}`]
    const distance = asNumber(said('distance'))
    const metadata = asJson(said('metadata'))
    const text = asText(said('document'))
    return [
      present<JsonObject>({
        id: asLabel(said('id')),
        score: asNumber(said('score')),
        content: text,
        metadata: distance === undefined ? metadata : { ...(isObject(metadata) ? metadata : {}), distance },
      }) ?? emptyObject(),
    ]
  })
  if (documents.length > 0) reading.take('documents', documentsOf(documents), 'db.query.result events')
  const parameters = emptyObject()
  for (const [key, value] of Object.entries(span.attributes)) {
    if (!key.startsWith('db.vector.')) continue
    const text = asText(value)
    const read = text === undefined ? value : (parseJson(text) ?? asBoolean(text) ?? text)
    parameters[key.slice('db.vector.'.length).replace(/^query\./, '')] = toJson(read)
  }
  if (Object.keys(parameters).length > 0) reading.take('parameters', parameters, 'db.vector.*')
}

const ofFamilies = (names: readonly string[]) => families.flatMap(family => names.map(name => family + name))

export const openLlmetry: Convention = {
  id: 'openllmetry',
  label: 'OpenLLMetry',
  precedence: 4,
  prefixes: [...families, 'db.vector.', 'gen_ai.guardrail.'],
  names: [...found, 'db.query.embeddings', 'db.search.embeddings', 'mcp.response.value'],
  inEvents: true,
  reads: [
    ...ofFamilies(['span.kind', 'entity.name', 'entity.input', 'entity.output', 'workflow.name']),
    ...ofFamilies(['association.properties', 'association.properties.*']),
    'traceloop.prompt.*',
    'db.vector.*',
    'gen_ai.guardrail.name',
    'gen_ai.guardrail.status',
    'gen_ai.guardrail.error.type',
    'gen_ai.guardrail.input',
    'gen_ai.guardrail.output',
    'mcp.response.value',
  ],
  keeps: [
    // Where a step stands among the others; parents say it better.
    ...ofFamilies(['entity.path', 'entity.version', 'correlation.id', 'prompt.managed']),
    'ioa_observe.*',
    'ioa_start_time',
    'agent_chain_start_time',
    'gen_ai.task.*',
    'gen_ai.workflow.nodes',
    'gen_ai.workflow.edges',
    // Counts of what a guardrail tried, and its own length.
    'gen_ai.guardrail.duration',
    'gen_ai.guardrail.guard_count',
    'gen_ai.guardrail.failed_guard_count',
    'gen_ai.guardrail.error.message',
    'mcp.request.id',
    // Which store it was, and what was asked of it.
    'db.system',
    'db.operation',
  ],
  facts,
  content,
}

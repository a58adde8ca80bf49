// What LangSmith says of a run, wherever it says so: in rows of runs, and in the span attributes its SDK writes.

import type { JsonObject, JsonValue } from '../domain/json.ts'
import type { SpanKind } from '../domain/kind.ts'
import { kindRank, type Content, type Facts, type Reading } from './convention.ts'
import { documentsOf } from './documents.ts'
import { takeAnswered, takeAsked } from './exchange.ts'
import { kindOf } from './kinds.ts'
import { first } from './parts.ts'
import { foldProvider } from './providers.ts'
import { usageIn, type WrittenUsage } from './usage.ts'
import {
  asBoolean,
  asJson,
  asLabel,
  asObject,
  emptyObject,
  isList,
  isObject,
  present,
  inside,
  type Written,
} from './values.ts'

/** A run under either's names. */
export interface Run {
  readonly type: Written
  readonly inputs: Written
  readonly outputs: Written
  /** A value of the run's metadata, and the name under which it stands. */
  metadata(name: string): Written
  readonly names: {
    readonly type: string
    readonly inputs: string
    readonly outputs: string
    readonly metadata: string
  }
}

/** The conversation is named in the metadata; LangSmith's own "session" is the project. */
const ofMetadata = [
  ['session', ['session_id', 'thread_id', 'conversation_id']],
  ['user', ['user_id', 'user']],
  ['tenant', ['tenant_id', 'tenant']],
  ['team', ['team', 'team_id']],
  ['environment', ['environment', 'env']],
  ['release', ['revision_id']],
  ['feature', ['feature']],
  ['promptName', ['lc_hub_repo', 'prompt_name']],
  ['promptVersion', ['prompt_version', 'lc_hub_commit_hash']],
  ['agent', ['lc_agent_name', 'agent_name']],
] as const

export function readRunFacts(run: Run, reading: Reading<Facts>): void {
  const { names } = run
  reading.take('kind', kindOfRun(asLabel(run.type)), names.type, kindRank.explicit)
  for (const [field, from] of ofMetadata) {
    for (const name of from) reading.take(field, asLabel(run.metadata(name)), `${names.metadata}.${name}`)
  }
  const provider = asLabel(run.metadata('ls_provider'))
  if (provider !== undefined) reading.take('provider', foldProvider(provider), `${names.metadata}.ls_provider`)
  reading.take('requestModel', asLabel(run.metadata('ls_model_name')), `${names.metadata}.ls_model_name`)
  const { outputs } = run
  const answered = inside(outputs, 'model') ?? inside(outputs, 'llm_output', 'model_name')
  if (isCall(run)) {
    reading.take('model', asLabel(answered), `${names.outputs}.model`)
    reading.take('responseId', asLabel(inside(outputs, 'id')), `${names.outputs}.id`)
    reading.take('streamed', asBoolean(inside(run.inputs, 'stream')), `${names.inputs}.stream`)
  }
}

function isCall(run: Run): boolean {
  return kindOfRun(asLabel(run.type)) === 'generation'
}

function kindOfRun(type: string | undefined): SpanKind | undefined {
  return type === 'parser' ? 'chain' : type === undefined ? undefined : kindOf(type)
}

/** LangChain's `usage_metadata`; its older `token_usage` and a provider's own words have other names for the same. */
export function readRunUsage(run: Run): WrittenUsage | undefined {
  const { outputs, names } = run
  const places: readonly (readonly [Written, string])[] = [
    [inside(outputs, 'usage_metadata'), `${names.outputs}.usage_metadata`],
    [messageUsage(outputs), `${names.outputs}.generations`],
    [inside(outputs, 'llm_output', 'token_usage'), `${names.outputs}.llm_output.token_usage`],
    [inside(outputs, 'llm_output', 'usage'), `${names.outputs}.llm_output.usage`],
    [inside(outputs, 'usage'), `${names.outputs}.usage`],
    [run.metadata('usage_metadata'), `${names.metadata}.usage_metadata`],
  ]
  for (const [written, from] of places) {
    const usage = usageIn(written, from)
    if (usage) return usage
  }
  return undefined
}

/** A chat model's counts stand on the message it answered with. */
function messageUsage(outputs: Written): Written {
  let place = inside(outputs, 'generations')
  while (Array.isArray(place)) place = place[0] as Written
  return inside(place, 'message', 'kwargs', 'usage_metadata') ?? inside(place, 'message', 'usage_metadata')
}

export function readRunContent(run: Run, name: string, reading: Reading<Content>, facts: Readonly<Facts>): void {
  const { names } = run
  const inputs = asJson(run.inputs)
  const outputs = asJson(run.outputs)
  if (facts.kind === 'generation') {
    takeAsked(reading, isNothing(inputs) ? undefined : inputs, names.inputs)
    takeAnswered(reading, isNothing(outputs) ? undefined : outputs, names.outputs)
  }
  if (facts.kind === 'retrieval') readRetrieval(inputs, outputs, names, reading)
  if (facts.kind === 'tool') {
    const tool = present({
      name: facts.toolName ?? name,
      callId: asLabel(inside(outputs, 'output', 'tool_call_id')),
      arguments: plain(inputs, 'input'),
      result: plain(outputs, 'output'),
    })
    reading.take('tool', tool, names.inputs)
  }
  if (!isNothing(inputs)) reading.take('input', inputs, names.inputs)
  if (!isNothing(outputs)) reading.take('output', outputs, names.outputs)
  const prompt = present({ name: facts.promptName, version: facts.promptVersion })
  if (prompt) reading.take('prompt', prompt, names.metadata)
  const parameters = parametersOf(run)
  if (parameters) reading.take('parameters', parameters, `${names.metadata}.ls_*`, 1)
}

function isNothing(value: JsonValue | undefined): boolean {
  return value === undefined || value === null || (isObject(value) && Object.keys(value).length === 0)
}

/** LangChain's tools take one text, `{input: …}`, and give one, `{output: …}`. */
function plain(value: JsonValue | undefined, key: string): JsonValue | undefined {
  if (isNothing(value)) return undefined
  const inner = isObject(value) && Object.keys(value).length === 1 ? value[key] : undefined
  return inner ?? value
}

function readRetrieval(
  inputs: JsonValue | undefined,
  outputs: JsonValue | undefined,
  names: Run['names'],
  reading: Reading<Content>,
): void {
  const query = isObject(inputs) ? first(inputs, ['query', 'input', 'question']) : inputs
  reading.take('query', typeof query === 'string' ? query : undefined, names.inputs)
  const list = isObject(outputs) ? first(outputs, ['documents', 'output', 'outputs']) : outputs
  if (isList(list)) reading.take('documents', documentsOf(list), names.outputs)
}

const settings = ['ls_temperature', 'ls_max_tokens', 'ls_stop'] as const

function parametersOf(run: Run): JsonObject | undefined {
  const parameters = emptyObject()
  const invocation = asObject(run.metadata('ls_invocation_params')) ?? {}
  for (const [name, value] of Object.entries(invocation)) parameters[name] = value
  for (const name of settings) {
    const value = asJson(run.metadata(name))
    if (value !== undefined && value !== null) parameters[name.slice(3)] = value
  }
  return Object.keys(parameters).length > 0 ? parameters : undefined
}

// Langfuse's OpenTelemetry attributes, SDK 4 and later, and the older spellings of some.
// https://langfuse.com/integrations/native/opentelemetry

import type { JsonObject } from '../domain/json.ts'
import type { RawSpan } from '../domain/raw-span.ts'
import type { Content, Convention, Facts, Reading } from './convention.ts'
import {
  countLangfuseMessages,
  readLangfuseContent,
  readLangfuseFacts,
  readLangfuseUsage,
  unwrap,
  type LangfuseNames,
} from './langfuse-reading.ts'
import { asLabel, asLabels, asObject, emptyObject } from './values.ts'

const names: LangfuseNames = {
  type: ['langfuse.observation.type'],
  input: ['langfuse.observation.input'],
  output: ['langfuse.observation.output'],
  level: ['langfuse.observation.level'],
  statusMessage: ['langfuse.observation.status_message'],
  model: ['langfuse.observation.model.name', 'langfuse.observation.model'],
  parameters: ['langfuse.observation.model.parameters', 'langfuse.observation.model_parameters'],
  usage: ['langfuse.observation.usage_details', 'langfuse.observation.usage'],
  cost: ['langfuse.observation.cost_details'],
  firstToken: ['langfuse.observation.completion_start_time'],
  promptName: ['langfuse.observation.prompt.name', 'langfuse.prompt.name'],
  promptVersion: ['langfuse.observation.prompt.version', 'langfuse.prompt.version'],
}

/** Trace attributes are repeated on every span: any of them tells. */
const ofTrace = [
  ['traceName', ['langfuse.trace.name']],
  ['user', ['langfuse.user.id']],
  ['session', ['langfuse.session.id']],
  ['environment', ['langfuse.environment']],
  ['release', ['langfuse.release', 'langfuse.version']],
  ['tenant', ['langfuse.trace.metadata.tenant', 'langfuse.trace.metadata.tenant_id']],
  ['team', ['langfuse.trace.metadata.team', 'langfuse.trace.metadata.team_id']],
  ['feature', ['langfuse.observation.metadata.feature', 'langfuse.trace.metadata.feature']],
] as const

function facts(span: RawSpan, reading: Reading<Facts>): void {
  const a = span.attributes
  readLangfuseFacts(span, names, reading)
  for (const [field, from] of ofTrace) {
    for (const name of from) reading.take(field, asLabel(a[name]), name)
  }
  reading.take('tags', asLabels(a['langfuse.trace.tags']), 'langfuse.trace.tags')
}

function content(span: RawSpan, reading: Reading<Content>, known: Readonly<Facts>): void {
  const a = span.attributes
  readLangfuseContent(span, names, reading, known)
  const metadata = metadataOf(span)
  if (metadata) reading.take('metadata', metadata, 'langfuse.*.metadata')
  if (span.parentId !== undefined) return
  // The trace's own texts stand on whichever span set them; at the root they are its input and output.
  for (const [field, name] of [
    ['input', 'langfuse.trace.input'],
    ['output', 'langfuse.trace.output'],
  ] as const) {
    if (a[name] !== undefined && a[name] !== null) reading.take(field, unwrap(a[name]), name)
  }
}

/** One attribute a key, or all in one; the observation's over the trace's. */
function metadataOf(span: RawSpan): JsonObject | undefined {
  const metadata = emptyObject()
  for (const root of ['langfuse.trace.metadata', 'langfuse.observation.metadata']) {
    Object.assign(metadata, asObject(span.attributes[root]))
    for (const name in span.attributes) {
      if (name.startsWith(`${root}.`)) metadata[name.slice(root.length + 1)] = unwrap(span.attributes[name])
    }
  }
  return Object.keys(metadata).length > 0 ? metadata : undefined
}

export const langfuse: Convention = {
  id: 'langfuse',
  label: 'Langfuse',
  precedence: 1,
  prefixes: ['langfuse.'],
  reads: [
    ...Object.values(names).flat(),
    ...ofTrace.flatMap(([, from]) => from),
    'langfuse.trace.*',
    'langfuse.observation.metadata*',
    'user.id',
    'session.id',
  ],
  keeps: ['langfuse.trace.public', 'langfuse.internal.*', 'langfuse.experiment.*'],
  facts,
  content,
  usage: span => readLangfuseUsage(span, names),
  messages: span => countLangfuseMessages(span, names),
}

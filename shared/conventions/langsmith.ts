// LangSmith's OpenTelemetry attributes: a run as a span, its inputs and outputs as JSON in gen_ai.prompt and
// gen_ai.completion. https://docs.langchain.com/langsmith/trace-with-opentelemetry

import type { JsonObject } from '../domain/json.ts'
import type { RawSpan } from '../domain/raw-span.ts'
import type { Content, Convention, Facts, Reading } from './convention.ts'
import { countExchange } from './exchange.ts'
import { readRunContent, readRunFacts, readRunUsage, type Run } from './langsmith-reading.ts'
import { usageIn, type WrittenUsage } from './usage.ts'
import { asBoolean, asJson, asLabel, asLabels, asObject, asText, emptyObject } from './values.ts'

const names = {
  type: 'langsmith.span.kind',
  inputs: 'gen_ai.prompt',
  outputs: 'gen_ai.completion',
  metadata: 'langsmith.metadata',
} as const

/** The texts are JSON in a text: for facts they stay closed. */
function runOf(span: RawSpan, open: boolean): Run {
  const a = span.attributes
  const read = (name: string) => (open ? asObject(a[name]) : undefined) ?? a[name]
  return {
    type: a[names.type],
    inputs: read(names.inputs),
    outputs: read(names.outputs),
    metadata: name => a[`${names.metadata}.${name}`],
    names,
  }
}

function facts(span: RawSpan, reading: Reading<Facts>): void {
  const a = span.attributes
  readRunFacts(runOf(span, false), reading)
  reading.take('application', asLabel(a['langsmith.trace.session_name']), 'langsmith.trace.session_name')
  reading.take('streamed', asBoolean(a['langsmith.request.streaming']), 'langsmith.request.streaming')
  if (span.parentId === undefined) {
    reading.take('traceName', asLabel(a['langsmith.trace.name']), 'langsmith.trace.name')
  }
  reading.take('tags', tagsOf(span), 'langsmith.span.tags')
}

/** A list, or words with commas between them. */
function tagsOf(span: RawSpan): readonly string[] | undefined {
  const written = span.attributes['langsmith.span.tags']
  const text = asText(written)
  const tags =
    text !== undefined && !text.startsWith('[') ? text.split(',').flatMap(tag => tag.trim() || []) : asLabels(written)
  return tags && tags.length > 0 ? tags : undefined
}

function usage(span: RawSpan): WrittenUsage | undefined {
  const a = span.attributes
  const own = asObject(a['langsmith.usage_metadata'])
  const found = own ? usageIn(own, 'langsmith.usage_metadata') : undefined
  if (found) return found
  // Its details are JSON beside the counts that every GenAI span has.
  const details = [a['gen_ai.usage.input_token_details'], a['gen_ai.usage.output_token_details']] as const
  if (details.some(written => written !== undefined)) {
    const written = {
      input_tokens: a['gen_ai.usage.input_tokens'] ?? null,
      output_tokens: a['gen_ai.usage.output_tokens'] ?? null,
      total_tokens: a['gen_ai.usage.total_tokens'] ?? null,
      input_token_details: asObject(details[0]) ?? null,
      output_token_details: asObject(details[1]) ?? null,
    }
    const usage = usageIn(written, 'gen_ai.usage.input_token_details')
    if (usage) return usage
  }
  const run = runOf(span, false)
  return readRunUsage({ ...run, metadata: name => asObject(run.metadata(name)) })
}

function content(span: RawSpan, reading: Reading<Content>, known: Readonly<Facts>): void {
  readRunContent(runOf(span, true), span.name, reading, known)
  const metadata = emptyObject()
  for (const name in span.attributes) {
    if (!name.startsWith(`${names.metadata}.`)) continue
    metadata[name.slice(names.metadata.length + 1)] = asJson(span.attributes[name]) ?? null
  }
  const all: JsonObject = { ...asObject(span.attributes[names.metadata]), ...metadata }
  if (Object.keys(all).length > 0) reading.take('metadata', all, 'langsmith.metadata.*')
}

export const langsmith: Convention = {
  id: 'langsmith',
  label: 'LangSmith',
  precedence: 2,
  prefixes: ['langsmith.'],
  reads: [
    'langsmith.span.kind',
    'langsmith.span.tags',
    'langsmith.metadata*',
    'langsmith.trace.name',
    'langsmith.trace.session_name',
    'langsmith.usage_metadata',
    'langsmith.request.streaming',
    'gen_ai.usage.input_token_details',
    'gen_ai.usage.output_token_details',
    'gen_ai.prompt',
    'gen_ai.completion',
  ],
  keeps: [
    'langsmith.span.*',
    'langsmith.trace.*',
    'langsmith.request.headers',
    'langsmith.reference_example_id',
    'langsmith.traceable*',
    'langsmith.is_root',
    'gen_ai.serialized.*',
    'gen_ai.response.service_tier',
    'gen_ai.response.system_fingerprint',
  ],
  facts,
  content,
  usage,
  messages: ({ attributes: a }) => countExchange(a[names.inputs], a[names.outputs]),
}

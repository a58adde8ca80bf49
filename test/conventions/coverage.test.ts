// Every attribute that a published package of a dialect names has a home: reading a span changes with it, and the
// convention says so in `reads`; or the convention keeps it and says why. The lists are the packages', not ours. Another
// package is another entry of `published`.

import { SemanticConventions } from '@arizeai/openinference-semantic-conventions'
import * as langfuseCore from '@langfuse/core'
import * as otel from '@opentelemetry/semantic-conventions/incubating'
import { SpanAttributes } from '@traceloop/ai-semantic-conventions'
import { describe, expect, test } from 'vitest'
import { conventions, readFacts, readWhole } from '../../shared/conventions/index.ts'
import { commonNames } from '../../shared/conventions/basic.ts'
import { originNames } from '../../shared/conventions/resource.ts'
import { statusNames } from '../../shared/conventions/status.ts'
import { rawSpan } from './read-dump.ts'

interface Published {
  readonly names: readonly string[]
  /** Attributes a span of the dialect has anyway: one set for each of its sorts. */
  readonly beside: readonly object[]
  /** Where a name stands that is written inside a list. */
  readonly place?: (name: string) => string
}

const textsOf = (module: object): string[] =>
  [...new Set(Object.values(module).filter((value): value is string => typeof value === 'string'))].toSorted()

/** Attributes only: the package also exports enumerations, events and metrics. */
const otelNames = [
  ...new Set(
    Object.entries(otel).flatMap(([key, value]) =>
      key.startsWith('ATTR_') && typeof value === 'string' && /^(?:gen_ai|openai|mcp|aws\.bedrock)\./.test(value)
        ? [value]
        : [],
    ),
  ),
].toSorted()

const genAi = (operation: string) => ({ 'gen_ai.operation.name': operation })

/** Counts whose total decides: input and cache are apart when it is 7. */
const counts = (input: string, output: string, cache: string) => ({ [input]: 5, [output]: 1, [cache]: 1 })

const published: { readonly [dialect: string]: Published } = {
  'OpenTelemetry GenAI': {
    names: otelNames,
    beside: [
      ...['chat', 'embeddings', 'execute_tool', 'invoke_agent', 'retrieval', 'search_memory'].map(genAi),
      counts('gen_ai.usage.input_tokens', 'gen_ai.usage.output_tokens', 'gen_ai.usage.cache_read.input_tokens'),
      { 'gen_ai.evaluation.name': 'relevance' },
      { 'gen_ai.evaluation.score.value': 1 },
    ],
  },
  OpenInference: {
    names: textsOf(SemanticConventions).filter(name => !name.startsWith('gen_ai.')),
    beside: ['LLM', 'EMBEDDING', 'RETRIEVER', 'RERANKER', 'TOOL', 'AGENT', 'PROMPT'].map(kind => ({
      'openinference.span.kind': kind,
      'annotations.0.annotation.name': 'quality',
      'annotations.0.annotation.score': 1,
      'evaluations.0.evaluation.name': 'quality',
      'evaluations.0.evaluation.score': 1,
      'llm.cost.prompt': 1,
      'llm.cost.completion': 1,
      ...counts('llm.token_count.prompt', 'llm.token_count.completion', 'llm.token_count.prompt_details.cache_read'),
    })),
    place: insideLists,
  },
  OpenLLMetry: {
    names: textsOf(SpanAttributes),
    beside: [
      counts('gen_ai.usage.prompt_tokens', 'gen_ai.usage.completion_tokens', 'gen_ai.usage.cache_read_input_tokens'),
      { 'llm.request.type': 'chat' },
      { 'traceloop.span.kind': 'task' },
      { 'traceloop.span.kind': 'agent' },
      genAi('chat'),
      { 'gen_ai.guardrail.name': 'pii' },
    ],
    place: name => (name === 'llm.request.functions' ? `${name}.0.name` : name),
  },
  Langfuse: {
    names: textsOf(langfuseCore.LangfuseOtelSpanAttributes),
    beside: ['span', 'generation', 'agent', 'tool', 'embedding'].map(type => ({ 'langfuse.observation.type': type })),
  },
}

/** OpenInference publishes the leaves of its lists without their roots. */
function insideLists(name: string): string {
  const roots: readonly (readonly [prefix: string, root: string])[] = [
    ['message_content.', 'llm.input_messages.0.message.contents.0.'],
    ['message.', 'llm.input_messages.0.'],
    ['tool_call.', 'llm.output_messages.0.message.tool_calls.0.'],
    ['document.', 'retrieval.documents.0.'],
    ['annotation.', 'annotations.0.'],
    ['evaluation.', 'evaluations.0.'],
    ['image.', 'llm.input_messages.0.message.contents.0.message_content.image.'],
    ['video.', 'llm.input_messages.0.message.contents.0.message_content.video.'],
  ]
  const root = roots.find(([prefix]) => name.startsWith(prefix))
  return root ? root[1] + name : name
}

/** What may stand under a name: the sort is the package's secret. */
const values: readonly (object | string | number | boolean)[] = [
  'word',
  '7',
  7,
  0.5,
  true,
  '{"a":1,"name":"n"}',
  '[{"role":"user","content":"Hi","id":"d","name":"n","message.role":"user","message.content":"Hi"}]',
  '[{"prompt.text":"Hi","document.id":"d","tool.json_schema":"{\\"name\\":\\"f\\"}","embedding.text":"t","annotation.name":"n","annotation.score":1,"evaluation.name":"n","evaluation.score":1}]',
  '{"name":"f","arguments":"{}"}',
  '{"input":7,"output":1}',
  '2026-01-01T00:00:01.000Z',
  ['a', 'b'],
  'https://example.com/a.png',
  'ERROR',
  'generation',
  'tool',
  'LLM',
]

/** The reading of a span less what it only repeats. */
function print(fields: object): string {
  const raw = rawSpan({ attributes: fields, start: 1_767_225_600_000_000_000n, end: 1_767_225_602_000_000_000n })
  const { attributes: _, readBy: __, ...span } = readWhole(raw)
  return JSON.stringify([span, readFacts(raw).facts], (_key, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  )
}

/** Whether some value under this name changes what a span of the dialect is read as. */
function isRead(name: string, { beside }: Published): boolean {
  return beside.some(fields => {
    const without = { ...fields } as Record<string, unknown>
    delete without[name]
    const before = print(without)
    return values.some(value => print({ ...without, [name]: value }) !== before)
  })
}

const pattern = (name: string) =>
  new RegExp(`^${name.replace(/[.*+?^${}()|[\]\\]/g, char => (char === '*' ? '.*' : `\\${char}`))}$`)
const lists = (field: 'reads' | 'keeps') => conventions.flatMap(convention => convention[field] ?? []).map(pattern)
const reads = [...lists('reads'), ...[...commonNames, ...originNames, ...statusNames].map(pattern)]
const keeps = lists('keeps')

describe.each(Object.entries(published))('%s', (_dialect, list) => {
  test('its package still names attributes', () => {
    expect(list.names.length).toBeGreaterThan(20)
  })

  test('every name has a home', () => {
    const homeless = list.names.filter(leaf => {
      const name = list.place?.(leaf) ?? leaf
      if (isRead(name, list)) return !reads.some(one => one.test(name))
      return !keeps.some(one => one.test(name))
    })
    expect(homeless).toEqual([])
  })
})

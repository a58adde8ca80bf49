// OpenInference (Arize, Phoenix). https://github.com/Arize-ai/openinference/tree/main/spec
// Left out: vectors (kept as attributes), and audio beyond its address.

import type { RawSpan } from '../domain/raw-span.ts'
import { valueIn } from '../domain/value-in.ts'
import { indexedCounter, sumMessages } from './count-messages.ts'
import { kindRank, type Convention, type Facts, type Reading } from './convention.ts'
import { sumCosts, takeCost, takeSaid } from './cost.ts'
import { kindOf } from './kinds.ts'
import { contentNames, readOpenInferenceContent } from './openinference-content.ts'
import { foldProvider } from './providers.ts'
import { readScore } from './scores.ts'
import type { WrittenUsage } from './usage.ts'
import { asBoolean, asLabel, asLabels, asObject, asStructure, isObject } from './values.ts'

function facts(span: RawSpan, reading: Reading<Facts>): void {
  const a = span.attributes
  const kind = kindOf(a['openinference.span.kind'])
  reading.take('kind', kind, 'openinference.span.kind', kindRank.explicit)
  reading.take('model', asLabel(a['llm.response.model_name']), 'llm.response.model_name')
  reading.take('requestModel', asLabel(a['llm.request.model_name']), 'llm.request.model_name')
  // The response model when known, else the requested one; a GenAI twin that tells them apart is surer.
  reading.take('model', asLabel(a['llm.model_name']), 'llm.model_name', 1)
  reading.take('model', asLabel(a['embedding.model_name'] ?? a['reranker.model_name']), 'embedding.model_name', 2)
  for (const name of ['llm.provider', 'llm.system'] as const) {
    const provider = asLabel(a[name])
    if (provider !== undefined) reading.take('provider', foldProvider(provider), name)
  }
  takeCosts(span, reading)
  for (const name in a) {
    if (valueIn(a, name) !== '__REDACTED__') continue
    reading.marks.push('masked')
    break
  }
  reading.take('agent', asLabel(a['agent.name'] ?? a['graph.node.id']), 'agent.name')
  reading.take('promptName', asLabel(a['prompt.name'] ?? a['prompt.id']), 'prompt.id')
  reading.take(
    'promptVersion',
    asLabel(a['llm.prompt_template.version'] ?? a['prompt.version']),
    'llm.prompt_template.version',
  )
  reading.take('tags', asLabels(a['tag.tags']), 'tag.tags')
  const written = a['llm.invocation_parameters']
  // Only where they are short: neither fact is worth resolving a deferred text for.
  if (typeof written === 'string' && (written.includes('"model"') || written.includes('"stream"'))) {
    const parameters = asObject(written)
    reading.take('requestModel', asLabel(parameters?.['model']), 'llm.invocation_parameters')
    reading.take('streamed', asBoolean(parameters?.['stream']), 'llm.invocation_parameters')
  }
  if (kind === 'evaluator') readVerdict(span, reading)
}

/** The whole, else the sum of what went in and what came out. */
function takeCosts({ attributes: a }: RawSpan, reading: Reading<Facts>): void {
  takeCost(reading, a['llm.cost.total'], 'llm.cost.total')
  const [prompt, completion] = [a['llm.cost.prompt'], a['llm.cost.completion']]
  if (reading.has('recordedCost') || (prompt ?? null) === null || (completion ?? null) === null) return
  takeSaid(reading, sumCosts([prompt, completion]), 'llm.cost.prompt + llm.cost.completion')
}

/** An evaluator's result stands only in its output: `{score, label, explanation}`, or a bare number or word. */
function readVerdict(span: RawSpan, reading: Reading<Facts>): void {
  const output = span.attributes['output.value']
  const structure = asStructure(output)
  const score = isObject(structure)
    ? readScore(span.name, structure)
    : structure === undefined
      ? readScore(span.name, shortVerdict(asLabel(output)))
      : undefined
  if (score) reading.take('scores', [score], 'output.value')
}

/** A paragraph is an explanation of something, not a label. */
function shortVerdict(text: string | undefined): string | undefined {
  return text !== undefined && text.length <= 64 ? text : undefined
}

function usage(span: RawSpan): WrittenUsage | undefined {
  const a = span.attributes
  const input = a['llm.token_count.prompt']
  const output = a['llm.token_count.completion']
  if (input === undefined && output === undefined) return undefined
  return {
    input,
    output,
    total: a['llm.token_count.total'],
    cacheRead: a['llm.token_count.prompt_details.cache_read'] ?? a['llm.token_count.prompt_details.cache_input'],
    cacheWrite: a['llm.token_count.prompt_details.cache_write'],
    reasoning: a['llm.token_count.completion_details.reasoning'],
    priced: {
      audioInput: a['llm.token_count.prompt_details.audio'],
      audioOutput: a['llm.token_count.completion_details.audio'],
    },
    from: 'llm.token_count.prompt',
  }
}

const countIndexed = indexedCounter(['llm.input_messages.', 'llm.output_messages.', 'llm.prompts.', 'llm.choices.'])

function messages({ attributes: a }: RawSpan): number | undefined {
  return countIndexed(a) ?? sumMessages(a['llm.input_messages'], a['llm.output_messages'])
}

export const openInference: Convention = {
  id: 'openinference',
  label: 'OpenInference',
  precedence: 2,
  prefixes: [
    'openinference.',
    'llm.input_messages',
    'llm.output_messages',
    'llm.token_count.',
    'retrieval.documents',
    'embedding.embeddings',
    'reranker.',
  ],
  names: ['llm.model_name', 'llm.invocation_parameters', 'llm.prompt_template.template', 'embedding.model_name'],
  reads: [
    'openinference.span.kind',
    'openinference.project.name',
    ...contentNames,
    'llm.model_name',
    'llm.request.model_name',
    'llm.response.model_name',
    'llm.provider',
    'llm.system',
    'llm.token_count.prompt',
    'llm.token_count.completion',
    'llm.token_count.total',
    'llm.token_count.prompt_details.cache_read',
    'llm.token_count.prompt_details.cache_input',
    'llm.token_count.prompt_details.cache_write',
    'llm.token_count.completion_details.reasoning',
    'llm.cost.total',
    'llm.cost.prompt',
    'llm.cost.completion',
    'embedding.model_name',
    'reranker.model_name',
    'agent.name',
    'graph.node.id',
    'prompt.id',
    'tag.tags',
    'session.id',
    'user.id',
  ],
  keeps: [
    // Parts of tokens and costs that add nothing to their sums.
    'llm.token_count.prompt_details',
    'llm.token_count.completion_details',
    'llm.token_count.*_details.*',
    'llm.cost',
    'llm.cost.*_details.*',
    // Vectors: too long to show, and nothing to read.
    'embedding.vector',
    // What a tool is, where the span says what it did.
    'tool.json_schema',
    'openinference.*',
    // Where the prompt is kept, and where a node stands in its graph rather than in the trace.
    'prompt.url',
    'prompt.vendor',
    'graph.node.*',
    'input.images',
    'input.images.*',
    'output.images',
    'output.images.*',
  ],
  facts,
  content: readOpenInferenceContent,
  usage,
  messages,
}

// OpenInference (Arize, Phoenix). https://github.com/Arize-ai/openinference/tree/main/spec
// Left out: vectors (kept as attributes), and audio beyond its address.

import type { RawSpan } from '../domain/raw-span.ts'
import { decimalText } from '../domain/numbers.ts'
import { countIndexed, sumMessages } from './count-messages.ts'
import { kindRank, type Convention, type Facts, type Reading } from './convention.ts'
import { kindOf } from './kinds.ts'
import { readOpenInferenceContent } from './openinference-content.ts'
import { foldProvider } from './providers.ts'
import { readScore } from './scores.ts'
import type { WrittenUsage } from './usage.ts'
import { asBoolean, asLabel, asLabels, asObject, asStructure, isObject, toJson } from './values.ts'

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
  if (a['llm.cost.total'] !== undefined)
    reading.take('recordedCost', decimalText(toJson(a['llm.cost.total'])), 'llm.cost.total')
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
    from: 'llm.token_count.prompt',
  }
}

function messages({ attributes: a }: RawSpan): number | undefined {
  return (
    countIndexed(a, ['llm.input_messages.', 'llm.output_messages.', 'llm.prompts.', 'llm.choices.']) ??
    sumMessages(a['llm.input_messages'], a['llm.output_messages'])
  )
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
  reads: ['openinference.*', 'llm.*', 'retrieval.*', 'embedding.*', 'reranker.*', 'tool.*', 'input.*', 'output.*'],
  facts,
  content: readOpenInferenceContent,
  usage,
  messages,
}

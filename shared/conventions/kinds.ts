import { spanKinds, type SpanKind } from '../domain/kind.ts'
import type { Written } from './values.ts'

/** What the dialects call the kinds. Our own words are their own translation. */
const words = new Map<string, SpanKind>([
  ...spanKinds.map(kind => [kind, kind] as const),
  ['llm', 'generation'],
  ['chat', 'generation'],
  ['chat_model', 'generation'],
  ['model', 'generation'],
  ['completion', 'generation'],
  ['text_completion', 'generation'],
  ['retriever', 'retrieval'],
  ['embeddings', 'embedding'],
  ['embedder', 'embedding'],
  ['rerank', 'reranker'],
  ['task', 'chain'],
  ['step', 'chain'],
  ['score', 'evaluator'],
  ['eval', 'evaluator'],
  ['function', 'tool'],
])

/** The kind a dialect's word stands for, whatever its case; undefined for a word nobody uses. */
export function kindOf(word: Written): SpanKind | undefined {
  return typeof word === 'string' ? words.get(word.toLowerCase()) : undefined
}

import { asWord } from '../conventions/values.ts'
import type { RawSpan } from '../domain/raw-span.ts'
import type { Dialect } from './dialects/dialect.ts'
import { dialectOf } from './dialects/index.ts'
import type { SpanCall } from './span-call.ts'
import type { DialectId } from './types.ts'

/** Of all dialects the one that a span was of, and why it is taken for that. */
export function dialectOfSpan(
  { span, call }: SpanCall,
  raw: RawSpan,
): { readonly dialect: Dialect; readonly why: string; readonly isGuess: boolean } {
  const found = (id: DialectId, why: string, isGuess = false) => ({
    dialect: dialectOf(id),
    why,
    isGuess,
  })
  if (raw.dialect === 'codex') return found('openai-responses', 'Codex asks by this interface')
  const a = raw.attributes
  const sdk = asWord(a['ai.model.provider'])
  if (sdk !== undefined) {
    const api = /\.(responses|chat|messages)$/.exec(sdk)?.[1]
    if (api === 'responses') return found('openai-responses', `ai.model.provider is ${sdk}`)
    if (api === 'messages') return found('anthropic', `ai.model.provider is ${sdk}`)
    if (sdk.startsWith('google')) return found('gemini', `ai.model.provider is ${sdk}`)
    if (sdk.startsWith('ollama')) return found('ollama-chat', `ai.model.provider is ${sdk}`)
    if (api === 'chat') return found('openai-chat', `ai.model.provider is ${sdk}`)
  }
  const type = asWord(a['openai.api.type']) ?? asWord(a['gen_ai.openai.api.type']) ?? ''
  if (/responses/.test(type)) return found('openai-responses', 'openai.api.type')
  if (/chat/.test(type)) return found('openai-chat', 'openai.api.type')
  // Some recorders put the whole answer among the parameters.
  const id = span.responseId ?? asWord(call.parameters['id']) ?? ''
  if (id.startsWith('resp_') || /(?:^|\.)responses?(?:$|\.)/i.test(span.operation ?? ''))
    return found('openai-responses', 'the id of the answer')
  if (id.startsWith('chatcmpl-')) return found('openai-chat', 'the id of the answer')
  if (id.startsWith('msg_')) return found('anthropic', 'the id of the answer')
  const provider = span.provider ?? ''
  if (/anthropic/.test(provider)) return found('anthropic', `the provider is ${provider}`)
  if (/^(?:gcp|google|gemini|vertex)/.test(provider)) return found('gemini', `the provider is ${provider}`)
  if (provider.startsWith('ollama')) return found('ollama-chat', `the provider is ${provider}`)
  if (/bedrock/.test(provider))
    return found(
      /claude|anthropic/.test(call.model ?? '') ? 'anthropic' : 'openai-chat',
      'Bedrock signs its requests and has its own interface',
      true,
    )
  if (
    /^(?:openai|azure|groq|deepseek|x_ai|mistral|together|openrouter|perplexity|fireworks|cerebras|vllm)/.test(provider)
  )
    return found('openai-chat', `the provider is ${provider}`)
  const model = call.model ?? ''
  if (/claude/.test(model)) return found('anthropic', 'the name of the model')
  if (/^(?:models\/)?gemini/.test(model)) return found('gemini', 'the name of the model')
  if (/^(?:gpt-|chatgpt|o[134](?:-|$))/.test(model)) return found('openai-chat', 'the name of the model')
  return found('openai-chat', 'the log does not say who was asked; most serve this interface', true)
}

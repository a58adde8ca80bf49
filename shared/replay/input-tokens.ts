import type { DialectId } from './types.ts'

/** What was counted of a request, by o200k. */
export interface Counted {
  readonly tokens: number
  readonly media: number
}

export interface InputTokens {
  readonly tokens: number
  /** `log`: what the provider counted then, and what was changed since. `o200k`: by OpenAI's encoding alone. */
  readonly by: 'log' | 'o200k'
  /** Pictures, sounds and files that are not in `tokens`. */
  readonly media: number
}

/** `was`: the logged request, and what its provider counted. */
export function inputTokens(now: Counted, was: Counted, logged: number | undefined): InputTokens {
  const isComparable = logged !== undefined && now.media <= was.media
  if (!isComparable) return { tokens: now.tokens, by: 'o200k', media: now.media }
  // Another tokenizer takes more of everything; of pictures nobody knows the share.
  const share = was.media === 0 && was.tokens > 0 ? logged / was.tokens : 1
  return { tokens: Math.max(0, Math.round(logged + (now.tokens - was.tokens) * share)), by: 'log', media: 0 }
}

/**
 * Tokens that a request may come to; undefined where nobody knows. Other providers' tokenizers take up to half as many again
 * of English and of code.
 */
export function mostInput({ tokens, by, media }: InputTokens, dialect: DialectId): number | undefined {
  if (media > 0) return undefined
  return by === 'log' || dialect.startsWith('openai') ? tokens : Math.ceil(tokens * 1.5)
}

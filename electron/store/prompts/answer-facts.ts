import type { Span } from '../../../shared/domain/span.ts'

/** What is told apart of answers: bits of `prompt_call.answer`. */
export const answerBits = { looked: 1, text: 2, json: 4, refused: 8, tools: 16 } as const

export interface AnswerFacts {
  readonly bits: number
  /** Characters of its text; undefined where it has none. */
  readonly length: number | undefined
}

/** Longer ones are no refusals: a refusal says so first. */
const opening = 400
/** Longer texts are not parsed: they count as JSON by how they begin and end. */
const longestParsed = 1 << 20

const refuses =
  /^\W*(?:i(?:'|’)?m sorry,? but|sorry,? (?:but )?i can(?:'|’)?(?:no)?t|i(?: am|(?:'|’)m) (?:unable|not able) to|i can(?:'|’)?(?:no)?t (?:help|assist|comply|do that|provide|fulfil)|i cannot|i won(?:'|’)t be able|as an ai\b|es tut mir leid, aber|je suis désolé|lo siento, pero)/i

/** Of a call's answer, as far as its record has one. */
export function answerFacts({
  outputMessages,
  finishReasons,
}: Pick<Span, 'outputMessages' | 'finishReasons'>): AnswerFacts {
  const reasons = finishReasons ?? []
  const filtered = reasons.some(reason => /content_filter|refusal|safety|blocked|prohibited/i.test(reason))
  const last = outputMessages?.at(-1)
  if (!last)
    return { bits: answerBits.looked | (filtered ? answerBits.refused | answerBits.text : 0), length: undefined }
  let text = ''
  let tools = 0
  for (const part of last.parts) {
    if (part.type === 'text') text += part.text
    if (part.type === 'tool_call') tools = answerBits.tools
  }
  const isRefusal = filtered || refuses.test(text.slice(0, opening))
  const bits = answerBits.looked | answerBits.text | tools
  return {
    bits: bits | (isJson(text) ? answerBits.json : 0) | (isRefusal ? answerBits.refused : 0),
    length: text.length,
  }
}

/** Whether a text is JSON as a whole: an object or a list, by itself or in one fence. */
export function isJson(text: string): boolean {
  const inner = /^\s*```(?:json)?\s*\n([\s\S]*)\n\s*```\s*$/i.exec(text)?.[1] ?? text
  const trimmed = inner.trim()
  const isWhole =
    (trimmed.startsWith('{') && trimmed.endsWith('}')) || (trimmed.startsWith('[') && trimmed.endsWith(']'))
  if (!isWhole || trimmed.length > longestParsed) return isWhole
  try {
    JSON.parse(trimmed)
    return true
  } catch {
    return false
  }
}

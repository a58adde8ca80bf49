import { mostTokens, type Usage } from '../domain/span.ts'
import { inside, type Written } from './values.ts'

export type PricedPart = 'cacheWrite1h' | 'audioInput' | 'audioCached' | 'audioOutput' | 'webSearches'

/** Token counts under one dialect's names, as the file wrote them. */
export interface WrittenUsage {
  readonly input?: Written
  readonly output?: Written
  readonly total?: Written
  readonly cacheRead?: Written
  readonly cacheWrite?: Written
  readonly reasoning?: Written
  /** Counts that change prices and no sum; each is inside what it is a part of. */
  readonly priced?: { readonly [part in PricedPart]?: Written }
  /** The attribute that told most, for readBy. */
  readonly from: string
  /** What this producer is known to do, by scope and version; absent when nothing is known. */
  readonly producer?: CountingRule | undefined
}

/** Whether the written input holds the cached tokens, and the written output the reasoning. */
export interface CountingRule {
  readonly inputHasCache: boolean
  readonly outputHasReasoning: boolean
}

export interface CanonicalUsage {
  readonly usage: Usage | undefined
  /** A count that is no count, or counts that contradict themselves. */
  readonly doubtful: boolean
  /** What settled whether parts are inside the sums; absent where there are no parts to settle. */
  readonly decidedBy: 'arithmetic' | 'producer' | 'convention' | undefined
}

/** All dialects we read say so by rule (OpenTelemetry GenAI from 1.40, OpenInference). */
const inclusive: CountingRule = { inputHasCache: true, outputHasReasoning: true }

/** Counts under any of the names that OpenAI, Anthropic and LangChain have for them, where nobody says whose they are. */
export function usageIn(written: Written, from: string): WrittenUsage | undefined {
  const at = (...path: readonly string[]) => inside(written, ...path)
  const input = at('input_tokens') ?? at('prompt_tokens')
  const output = at('output_tokens') ?? at('completion_tokens')
  if ((input ?? output ?? null) === null) return undefined
  return {
    input,
    output,
    total: at('total_tokens'),
    cacheRead:
      at('input_token_details', 'cache_read') ??
      at('input_tokens_details', 'cached_tokens') ??
      at('prompt_tokens_details', 'cached_tokens') ??
      at('cache_read_input_tokens'),
    cacheWrite: at('input_token_details', 'cache_creation') ?? at('cache_creation_input_tokens'),
    reasoning:
      at('output_token_details', 'reasoning') ??
      at('output_tokens_details', 'reasoning_tokens') ??
      at('completion_tokens_details', 'reasoning_tokens'),
    from,
  }
}

/** How many numbers a dialect wrote: the one with details wins. */
export function countNumbers(written: WrittenUsage): number {
  let n = 0
  for (const value of [
    written.input,
    written.output,
    written.total,
    written.cacheRead,
    written.cacheWrite,
    written.reasoning,
  ]) {
    if (value !== undefined && value !== null) n++
  }
  return n
}

/** Of what these report, the input holds the cached tokens: more cached than sent is an error, not another way to count. */
const countsInside = /^(?:openai|azure\.ai\.(?:openai|inference)|deepseek|groq|x_ai|mistral_ai|gcp\.(?:gemini|gen_ai))$/

/** Whose answer it was, where gateways speak another provider's interface. */
export interface Answerer {
  readonly provider?: string | undefined
  readonly model?: string | undefined
}

/**
 * Written counts -> inclusive with parts. Whether cached tokens are inside the input and reasoning
 * inside the output is decided by the record's own arithmetic, else by what its producer is known to do, else by rule.
 */
export function canonicalUsage(written: WrittenUsage, { provider, model }: Answerer = {}): CanonicalUsage {
  let doubtful = false
  const count = (value: Written): number | undefined => {
    const tokens = readCount(value)
    if (tokens === 'doubtful') {
      doubtful = true
      return undefined
    }
    return tokens
  }
  const input = count(written.input)
  const output = count(written.output)
  const total = count(written.total)
  const cacheRead = count(written.cacheRead)
  const cacheWrite = count(written.cacheWrite)
  const reasoning = count(written.reasoning)
  const cache = (cacheRead ?? 0) + (cacheWrite ?? 0)
  const thought = reasoning ?? 0

  const shown = byArithmetic(input, output, total, cache, thought)
  const rule = written.producer ?? inclusive
  const isImpossible =
    cache > (input ?? cache) &&
    rule.inputHasCache &&
    countsInside.test(provider ?? '') &&
    !/claude/i.test(model ?? '') &&
    !hasBeside(input, output, total, cache, thought)
  if (isImpossible) doubtful = true
  const inputHasCache = isImpossible || (shown.inputHasCache ?? rule.inputHasCache)
  const outputHasReasoning = shown.outputHasReasoning ?? rule.outputHasReasoning
  const decided =
    (cache > 0 && !isImpossible && shown.inputHasCache !== undefined) ||
    (thought > 0 && shown.outputHasReasoning !== undefined)
  const usage: { -readonly [K in keyof Usage]: Usage[K] } = {}
  if (input !== undefined) usage.input = inputHasCache ? input : input + cache
  if (output !== undefined) usage.output = outputHasReasoning ? output : output + thought
  if (cacheRead !== undefined) usage.cacheRead = cacheRead
  if (cacheWrite !== undefined) usage.cacheWrite = cacheWrite
  if (reasoning !== undefined) usage.reasoning = reasoning
  // Each count may be, and still not what they come to.
  if ((usage.input ?? 0) > mostTokens || (usage.output ?? 0) > mostTokens) doubtful = true
  for (const [part, value] of Object.entries(written.priced ?? {})) {
    const tokens = count(value)
    // None of what most calls have none of says nothing.
    if (tokens) usage[part as PricedPart] = tokens
  }
  return {
    usage: Object.keys(usage).length > 0 ? usage : undefined,
    doubtful,
    decidedBy:
      cache === 0 && thought === 0 ? undefined : decided ? 'arithmetic' : written.producer ? 'producer' : 'convention',
  }
}

/** Undefined where the record's numbers do not tell. */
function byArithmetic(
  input: number | undefined,
  output: number | undefined,
  total: number | undefined,
  cache: number,
  thought: number,
): { inputHasCache: boolean | undefined; outputHasReasoning: boolean | undefined } {
  let inputHasCache = cache > 0 && input !== undefined && cache > input ? false : undefined
  let outputHasReasoning = thought > 0 && output !== undefined && thought > output ? false : undefined
  if (total === undefined || input === undefined || output === undefined) return { inputHasCache, outputHasReasoning }
  const rest = total - input - output
  if (inputHasCache === undefined && cache > 0) {
    if (rest === cache || rest === cache + thought) inputHasCache = false
    else if (rest === 0 || rest === thought) inputHasCache = true
  }
  if (outputHasReasoning === undefined && thought > 0) {
    if (rest === thought || (rest === cache + thought && cache > 0)) outputHasReasoning = false
    else if (rest === 0 || rest === cache) outputHasReasoning = true
  }
  return { inputHasCache, outputHasReasoning }
}

/** Whether the total says that the cached tokens are beside the input. */
function hasBeside(
  input: number | undefined,
  output: number | undefined,
  total: number | undefined,
  cache: number,
  thought: number,
): boolean {
  const rest = (total ?? Number.NaN) - (input ?? 0) - (output ?? 0)
  return rest === cache || rest === cache + thought
}

/**
 * A number or its text. NaN, a fraction, a negative, a word and more than a call can have are no counts; null and an empty
 * text say nothing.
 */
function readCount(value: Written): number | undefined | 'doubtful' {
  if (value === undefined || value === null || value === '') return undefined
  if (typeof value === 'number') return isCount(value) ? value : 'doubtful'
  const isDigits = typeof value === 'string' && /^\s*\+?\d{1,15}(?:\.0*)?\s*$/.test(value)
  return isDigits && isCount(Number(value)) ? Number(value) : 'doubtful'
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= mostTokens
}

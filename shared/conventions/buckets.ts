import type { JsonObject } from '../domain/json.ts'
import type { CountingRule, WrittenUsage } from './usage.ts'
import { asNumber } from './values.ts'

// Langfuse's usage is a dictionary with open keys, `input`, `output`, `total` and whatever else is priced apart. Its own
// integrations take every part out of `input` and `output`; usage given by hand is whatever its author meant.

type Part = 'cacheRead' | 'cacheWrite' | 'reasoning' | 'moreInput' | 'moreOutput'

const exclusive: CountingRule = { inputHasCache: false, outputHasReasoning: false }

/** Which part a key counts; undefined for the sums and for what is not tokens (`input_cost`, `characters`). */
function partOf(key: string): Part | undefined {
  const name = key.toLowerCase()
  if (/cost|price/.test(name)) return undefined
  if (/cache.?(?:creation|write)/.test(name)) return 'cacheWrite'
  if (/cache/.test(name)) return 'cacheRead'
  if (/reasoning|thought/.test(name)) return 'reasoning'
  if (/^(?:input|prompt)[_.]/.test(name)) return 'moreInput'
  return /^(?:output|completion)[_.]/.test(name) ? 'moreOutput' : undefined
}

const sums = new Set([
  'input',
  'output',
  'total',
  'prompt_tokens',
  'completion_tokens',
  'input_tokens',
  'output_tokens',
])

/** Undefined when it holds no count. */
export function usageOfBuckets(details: JsonObject, from: string): WrittenUsage | undefined {
  const parts: Record<Part, number> = { cacheRead: 0, cacheWrite: 0, reasoning: 0, moreInput: 0, moreOutput: 0 }
  const has = new Set<Part>()
  for (const [key, written] of Object.entries(details)) {
    const part = sums.has(key) ? undefined : partOf(key)
    const count = asNumber(written)
    if (part === undefined || count === undefined || !Number.isSafeInteger(count) || count < 0) continue
    parts[part] += count
    has.add(part)
  }
  const number = (...names: readonly string[]) => {
    for (const name of names) {
      const count = asNumber(details[name])
      if (count !== undefined) return count
    }
    return undefined
  }
  const input = number('input', 'prompt_tokens', 'input_tokens', 'promptTokens')
  const output = number('output', 'completion_tokens', 'output_tokens', 'completionTokens')
  const total = number('total', 'total_tokens', 'totalTokens')
  if (input === undefined && output === undefined && has.size === 0) return undefined
  const inside = isInside(input, output, total, parts)
  return {
    // Parts without a place of their own (audio, images) belong to the sum from which they were taken.
    input: input === undefined || inside ? input : input + parts.moreInput,
    output: output === undefined || inside ? output : output + parts.moreOutput,
    total,
    ...(has.has('cacheRead') ? { cacheRead: parts.cacheRead } : {}),
    ...(has.has('cacheWrite') ? { cacheWrite: parts.cacheWrite } : {}),
    ...(has.has('reasoning') ? { reasoning: parts.reasoning } : {}),
    from,
    producer: exclusive,
  }
}

/** Whether the sums hold the parts already: the total tells. */
function isInside(
  input: number | undefined,
  output: number | undefined,
  total: number | undefined,
  parts: Readonly<Record<Part, number>>,
): boolean {
  return total !== undefined && total === (input ?? 0) + (output ?? 0) && parts.moreInput + parts.moreOutput > 0
}

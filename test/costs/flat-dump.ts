import { writeFileSync } from 'node:fs'
import { seededRandom } from '../helpers/random.ts'

/** Flat rows of invented calls around a change of the clock, with gaps of every sort: what a table must add up. */
export function writeFlatDump(file: string, seed: number, calls: number): void {
  const random = seededRandom(seed)
  const from = Date.UTC(2026, 9, 22)
  const maybe = <T>(value: () => T, share = 0.85): T | undefined => (random.unit() < share ? value() : undefined)
  const lines = Array.from({ length: calls }, (_, i) => {
    const model = random.pick(['gpt-4o', 'claude-sonnet-4-5', 'my-finetune', '__proto__'])
    const row = {
      trace_id: `tr_${random.below(Math.ceil(calls / 3))}`,
      span_id: `sp_${i}`,
      name: random.pick(['chat', 'draft', 'judge']),
      model_name: model,
      model_provider: maybe(() => (model.startsWith('claude') ? 'anthropic' : 'openai')),
      feature: maybe(() => random.pick(['search', 'refund', 'chat', 'ünï "quoted"'])),
      user_id: maybe(() => `user_${random.below(40)}`),
      prompt_version: maybe(() => String(1 + random.below(9)), 0.6),
      tags: maybe(() => [...new Set([random.pick(['a', 'b', 'c']), random.pick(['a', 'b', 'c'])])], 0.7),
      timestamp: maybe(() => new Date(from + random.below(6 * 86_400_000)).toISOString(), 0.95),
      latency_ms: maybe(() => Math.ceil(random.logNormal(900, 1))),
      input_tokens: maybe(() => random.below(20_000)),
      output_tokens: maybe(() => random.below(3000)),
      status: random.below(20) === 0 ? 'error' : 'success',
    }
    const json = JSON.stringify(row)
    // Digits are written as text: as numbers they would lose some.
    const cost = maybe(() => costDigits(random.below(1_000_000), random.below(6)))
    return cost === undefined ? json : `${json.slice(0, -1)},"cost_usd":${cost}}`
  })
  writeFileSync(file, lines.map(line => `${line}\n`).join(''))
}

/** A price with more or fewer digits than a nano-dollar has, as programs print their doubles. */
function costDigits(n: number, more: number): string {
  return String(Number(`0.0${String(n + 1).padStart(6, '0')}${'37'.repeat(more)}`))
}

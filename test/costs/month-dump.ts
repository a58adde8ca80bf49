import { createWriteStream } from 'node:fs'
import { once } from 'node:events'
import { seededRandom, type Random } from '../helpers/random.ts'

const models = [
  ['gpt-4o', 'openai'],
  ['gpt-4o', 'openai'],
  ['gpt-4o-mini', 'openai'],
  ['gpt-4.1', 'openai'],
  ['claude-sonnet-4-5', 'anthropic'],
  ['claude-haiku-4-5', 'anthropic'],
  ['home-made', 'northwind'],
] as const

const features = ['search', 'refund', 'chat', 'summary', 'ünï "quoted", =1+1']
const teams = ['blue', 'red', 'green', 'white']
const [from, to] = [Date.UTC(2026, 8, 27), Date.UTC(2026, 10, 3)]

/** Flat rows of calls without texts, some 400 bytes each, from before October 2026 until after it, with gaps of every sort. */
export async function writeMonth(file: string, calls: number, seed = 1): Promise<void> {
  const out = createWriteStream(file)
  const random = seededRandom(seed)
  for (let i = 0; i < calls;) {
    const lines: string[] = []
    for (const end = Math.min(calls, i + 1000); i < end; i++) lines.push(lineOf(random, i, calls))
    if (!out.write(lines.join(''))) await once(out, 'drain')
  }
  out.end()
  await once(out, 'close')
}

function lineOf(random: Random, i: number, calls: number): string {
  const maybe = <T>(share: number, value: () => T): T | undefined => (random.unit() < share ? value() : undefined)
  const [model, provider] = random.pick(models)
  const input = maybe(0.97, () => 50 + random.below(20_000))
  const start = from + random.below(to - from)
  const row = {
    trace_id: `tr_${random.below(Math.ceil(calls / 3))}`,
    span_id: `sp_${i}`,
    name: random.pick(['chat', 'draft', 'judge']),
    model_name: model,
    model_provider: provider,
    environment: random.pick(['production', 'staging']),
    application: 'northwind-shop',
    feature: maybe(0.9, () => random.pick(features)),
    team: maybe(0.8, () => random.pick(teams)),
    user_id: maybe(0.7, () => `user_${random.below(5000)}`),
    prompt_name: `prompt_${random.below(12)}`,
    prompt_version: maybe(0.9, () => String(1 + random.below(5))),
    timestamp: maybe(0.995, () => new Date(start).toISOString()),
    latency_ms: maybe(0.95, () => Math.ceil(random.logNormal(900, 1))),
    input_tokens: input,
    cache_read_tokens: input === undefined ? undefined : maybe(0.4, () => random.below(input)),
    output_tokens: maybe(0.97, () => random.below(3000)),
    status: random.below(50) === 0 ? 'error' : 'success',
    eval_scores: maybe(0.1, () => ({ helpful: random.below(101) / 100 })),
  }
  const json = JSON.stringify(row)
  // Written as text: what stands in the file is exact.
  const cost = maybe(0.5, () => `0.0${String(1 + random.below(99_999_999)).padStart(8, '0')}`)
  return cost === undefined ? `${json}\n` : `${json.slice(0, -1)},"cost_usd":${cost}}\n`
}

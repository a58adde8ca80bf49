import { calcPrice, waitForUpdate } from '@pydantic/genai-prices'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { allUnits, unitNamed } from '../../shared/money/units.ts'
import { seededRandom, type Random } from '../helpers/random.ts'
import { bundledPricer } from './bundled.ts'
import { freezePrices, frozenDate, frozenFile } from './freeze-prices.ts'

test('the frozen prices are those of the installed package', async () => {
  expect(readFileSync(frozenFile, 'utf8') === (await freezePrices(frozenDate()))).toBe(true)
})

const providers = (await waitForUpdate()) ?? []
const models = providers.flatMap(provider => provider.models.map(model => ({ provider, model })))
const asked = ['input_tokens', 'output_tokens', 'cache_read_tokens', 'cache_write_tokens', 'cache_write_1h_tokens']
const rare = allUnits
  .map(unit => unit.name)
  .filter(name => !asked.includes(name) && !name.includes('seconds') && name !== 'requests')

/** Mostly counts that can be, sometimes more than can be. */
function randomUsage(random: Random): Record<string, number> {
  const input = Math.round(random.logNormal(20_000, 2))
  const read = random.unit() < 0.5 ? random.below(input + 1) : 0
  const write = random.unit() < 0.3 ? random.below(input - read + 1) : 0
  const usage: Record<string, number> = { input_tokens: input, output_tokens: Math.round(random.logNormal(800, 1.5)) }
  if (read > 0) usage['cache_read_tokens'] = read
  if (write > 0) usage['cache_write_tokens'] = write
  if (write > 0 && random.unit() < 0.5) usage['cache_write_1h_tokens'] = random.below(write + 1)
  if (random.unit() < 0.3) usage[random.pick(rare)] = random.below(2000)
  if (random.unit() < 0.1) usage[random.pick(rare)] = random.below(2000)
  if (random.unit() < 0.05) delete usage[random.pick(asked)]
  return usage
}

test('10,000 random calls of all models cost what the package says, to the nano-dollar', () => {
  const random = seededRandom(5)
  const pricer = bundledPricer()
  const wrong: unknown[] = []
  let priced = 0
  for (let n = 0; n < 10_000; n++) {
    const { provider, model } = random.pick(models)
    const usage = randomUsage(random)
    const time = Date.UTC(2024, 6, 1) + random.below(1_000_000_000) * 75
    const ours = cost(pricer, provider.id, model.id, time, usage)
    const theirs = costThere(provider.id, model.id, time, usage)
    if (theirs !== undefined && ours !== undefined && Math.abs(theirs * 1e9 - ours) <= 1) priced++
    else if (theirs !== ours) wrong.push({ provider: provider.id, model: model.id, time, usage, ours, theirs })
  }
  expect(wrong).toEqual([])
  expect(priced).toBeGreaterThan(8000)
})

function cost(
  pricer: ReturnType<typeof bundledPricer>,
  provider: string,
  model: string,
  time: number,
  usage: Record<string, number>,
): number | undefined {
  const price = pricer.at(provider, model, time * 1000, {})
  if (typeof price === 'string') return undefined
  const counts = new Float64Array(allUnits.length).fill(Number.NaN)
  for (const [name, count] of Object.entries(usage)) counts[unitNamed(name)!.index] = count
  const nano = price.sheet.sum(counts)
  return typeof nano === 'string' ? undefined : nano
}

function costThere(provider: string, model: string, time: number, usage: Record<string, number>): number | undefined {
  try {
    return calcPrice(usage, model, { providerId: provider, timestamp: new Date(time) })?.total_price
  } catch {
    return undefined
  }
}

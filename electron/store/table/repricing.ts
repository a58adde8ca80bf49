import type { Output } from '../../../shared/contract/index.ts'
import type { Repricing } from '../../../shared/contract/prices.ts'
import { nanoToDecimal } from '../../../shared/domain/numbers.ts'
import type { PriceMatch, Pricer } from '../../../shared/money/pricer.ts'
import { unknownCosts } from '../../../shared/money/unknown-cost.ts'
import { callCosts, computeCosts } from './call-costs.ts'
import type { Table } from './table.ts'

class Sums {
  calls = 0
  changed = 0
  unpricedBefore = 0
  unpricedAfter = 0
  before = 0n
  after = 0n

  add(before: number, after: number): void {
    this.calls++
    if (Number.isNaN(before)) this.unpricedBefore++
    else this.before += BigInt(before)
    if (Number.isNaN(after)) this.unpricedAfter++
    else this.after += BigInt(after)
    if (before !== after && !(Number.isNaN(before) && Number.isNaN(after))) this.changed++
  }

  get result() {
    const { calls, changed, unpricedBefore, unpricedAfter, before, after } = this
    return { calls, changed, unpricedBefore, unpricedAfter, before: dollars(before), after: dollars(after) }
  }
}

function dollars(nano: bigint): string {
  const [whole, rest] = [nano / 1_000_000_000n, nano % 1_000_000_000n]
  return rest === 0n ? `${whole}` : `${whole}${nanoToDecimal(Number(rest)).slice(1)}`
}

/** Models that are listed; a store may name any number. */
const mostModels = 1000

/** What other prices would change of the calls that count. */
export function previewPrices(table: Table, pricer: Pricer): Repricing {
  const before = callCosts(table).computed
  const after = computeCosts(table, pricer).computed
  const total = new Sums()
  const models = new Map<string, Sums>()
  eachModel(table, (key, k) => {
    let sums = models.get(key)
    if (!sums) models.set(key, (sums = new Sums()))
    sums.add(before[k]!, after[k]!)
    total.add(before[k]!, after[k]!)
  })
  const changed = [...models].filter(([, sums]) => sums.changed > 0)
  const most = changed.sort(([, a], [, b]) => b.changed - a.changed).slice(0, mostModels)
  return { ...total.result, models: most.map(([key, sums]) => ({ ...named(table, key), ...sums.result })) }
}

/** The models of the calls that count, those without a price first, then those called most. */
export function modelsOf(table: Table, pricer: Pricer): Output<'prices.models'>['models'] {
  const { computed, why } = callCosts(table)
  const found = new Map<
    string,
    { calls: number; aside: number; unpriced: number; sum: bigint; whys: Map<number, number> }
  >()
  eachModel(table, (key, k) => {
    let one = found.get(key)
    if (!one) found.set(key, (one = { calls: 0, aside: 0, unpriced: 0, sum: 0n, whys: new Map() }))
    one.calls++
    if (table.calls.counted[k] !== 1) one.aside++
    if (Number.isNaN(computed[k]!)) {
      one.unpriced++
      one.whys.set(why[k]!, (one.whys.get(why[k]!) ?? 0) + 1)
    } else one.sum += BigInt(computed[k]!)
  })
  const order = [...found].sort(([, a], [, b]) => b.unpriced - a.unpriced || b.calls - a.calls).slice(0, mostModels)
  return order.map(([key, { calls, aside, unpriced, sum, whys }]) => {
    const { provider, model } = named(table, key)
    const price = pricer.at(provider === '' ? undefined : provider, model, Number.NaN, {})
    const [most] = [...whys].sort((a, b) => b[1] - a[1])
    const reason = most && unknownCosts[most[0] - 1]
    return {
      provider,
      model,
      calls,
      aside,
      unpriced,
      ...(unpriced < calls ? { computed: dollars(sum) } : {}),
      ...(reason === undefined ? {} : { why: reason }),
      ...(typeof price === 'string' ? {} : { price: nameOf(price.match), kind: price.match.kind }),
      hints: typeof price === 'string' ? [] : [...price.match.hints],
    }
  })
}

export function nameOf({ provider, model, rule }: PriceMatch): string {
  return rule ? `rule ${rule.id}` : `${provider}/${model}`
}

function eachModel({ calls }: Table, tell: (key: string, k: number) => void): void {
  for (let k = 0; k < calls.count; k++) if (calls.counted[k]! > 0) tell(`${calls.provider[k]} ${calls.model[k]}`, k)
}

function named({ names }: Table, key: string): { provider: string; model: string } {
  const [provider, model] = key.split(' ').map(id => names.text(Number(id)))
  return { provider: provider!, model: model! }
}

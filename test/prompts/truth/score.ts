import type { Render } from './renders.ts'

/** What was recovered of one render. */
export interface Recovered {
  /** Calls with the same one are said to be of the same version. */
  readonly version: string
  readonly slots: readonly { readonly from: number; readonly to: number }[]
}

export interface Score {
  readonly precision: number
  readonly recall: number
  readonly f1: number
}

/** Of all pairs of renders: said to be of one version, and being so. */
export function scoreVersions(renders: readonly Render[], recovered: readonly Recovered[]): Score {
  const both = new Map<string, number>()
  const [said, true_] = [new Map<string, number>(), new Map<string, number>()]
  for (const [i, { truth }] of renders.entries()) {
    const { version } = recovered[i]!
    add(both, `${truth.version}\0${version}`)
    add(said, version)
    add(true_, truth.version)
  }
  return scoreOf(pairs(both), pairs(said), pairs(true_))
}

/** A slot is found where what was recovered and what is true overlap to four fifths of both together. */
export function scoreSlots(renders: readonly Render[], recovered: readonly Recovered[]): Score {
  let [hits, said, all] = [0, 0, 0]
  for (const [i, { truth }] of renders.entries()) {
    const { slots } = recovered[i]!
    said += slots.length
    all += truth.slots.length
    for (const slot of truth.slots) if (slots.some(one => overlap(one, slot) >= 0.8)) hits += 1
  }
  return scoreOf(hits, said, all)
}

type Range = Pick<Render['truth']['slots'][number], 'from' | 'to'>

function overlap(a: Range, b: Range): number {
  const common = Math.min(a.to, b.to) - Math.max(a.from, b.from)
  return common <= 0 ? 0 : common / (Math.max(a.to, b.to) - Math.min(a.from, b.from))
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

function pairs(counts: Map<string, number>): number {
  let sum = 0
  for (const n of counts.values()) sum += (n * (n - 1)) / 2
  return sum
}

function scoreOf(hits: number, said: number, all: number): Score {
  const precision = said === 0 ? 1 : hits / said
  const recall = all === 0 ? 1 : hits / all
  return { precision, recall, f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall) }
}

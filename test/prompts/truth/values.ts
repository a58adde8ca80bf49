import { hex, seededRandom, type Random } from '../../helpers/random.ts'
import { paragraph, person, sentence } from './words.ts'

/** What stands in a slot. */
export const slotTypes = ['name', 'date', 'id', 'number', 'choice', 'question', 'document', 'json', 'examples'] as const
export type SlotType = (typeof slotTypes)[number]

const choices = ['gold', 'silver', 'bronze', 'trial', 'partner', 'internal'] as const
const prefixes = ['ord_', 'cust-', 'TKT', 'req/', ''] as const

type Make = (random: Random, slot: number, at: number) => string

const makers: { readonly [type in SlotType]: Make } = {
  name: person,
  date: (_random, _slot, at) => new Date(at).toISOString().slice(0, 10),
  id: (random, slot) => `${prefixes[slot % prefixes.length]}${hex(random, 6 + (slot % 5))}`,
  number: random => String(1 + Math.floor(random.logNormal(200, 1.5))),
  choice: (random, slot) => choices[(slot + random.below(3)) % choices.length]!,
  question: sentence,
  // Some are retrieved again and again.
  document: (random, slot) => documentOf(random.below(3) === 0 ? seededRandom(slot * 100 + random.below(12)) : random),
  json: jsonOf,
  examples: random => times(1 + random.below(4), () => `Q: ${sentence(random)}\nA: ${sentence(random)}`).join('\n\n'),
}

/** A value as an application would put it in. `at`: milliseconds, the day of the call. */
export function valueOf(type: SlotType, slot: number, random: Random, at: number): string {
  return makers[type](random, slot, at)
}

function times<T>(count: number, make: () => T): T[] {
  return Array.from({ length: count }, make)
}

function jsonOf(random: Random): string {
  const items = times(random.below(4), () => hex(random, 5))
  return JSON.stringify({ id: hex(random, 8), total: random.below(100_000) / 100, items, paid: random.below(2) === 1 })
}

/** Half a kilobyte to some ten, with what documents have in them: headings, lists, and now and then marks of templates. */
function documentOf(random: Random): string {
  const parts = Array.from({ length: 2 + Math.min(20, Math.floor(random.logNormal(4, 0.8))) }, (_, i) => {
    const kind = random.below(12)
    if (kind === 0) return `## Section ${i + 1}`
    if (kind === 1) return `- ${sentence(random)}\n- ${sentence(random)}`
    if (kind === 2) return `Use {{placeholder}} and {name} here. ${sentence(random)}`
    return paragraph(random)
  })
  return parts.join('\n\n')
}

import type { FieldRef } from '../../../shared/query/fields.ts'
import type { Store } from '../open.ts'
import { promptGeneration } from './state.ts'
import { unpackTemplate } from './templates.ts'

/** A name of values that were found in prompts: in which templates, and how many calls these have. */
interface Slot {
  readonly templates: number[]
  calls: number
}

interface Kept {
  readonly generation: number
  readonly slots: ReadonlyMap<string, Slot>
}

const kept = new WeakMap<Store, Kept>()

/**
 * Calls of which the index of texts does not tell what a question about variables needs: values found in their prompts. They
 * are the same until the generation is another. Undefined for other questions.
 */
export function filledIn(
  store: Store,
  asked: { readonly field?: FieldRef | string },
): { readonly calls: readonly number[]; readonly generation: number } | undefined {
  const { field } = asked
  if (typeof field !== 'object' || field.id !== 'variable') return undefined
  return { calls: callsWithSlot(store, field.name ?? ''), generation: promptGeneration(store) }
}

/** Calls that may have a value of that name found in their prompt; without a name, any. Ascending. */
function callsWithSlot(store: Store, name: string): number[] {
  const slots = slotsOf(store)
  const templates =
    name === '' ? [...slots.values()].flatMap(slot => slot.templates) : (slots.get(name)?.templates ?? [])
  if (templates.length === 0) return []
  return store
    .query<[string], { id: number }>('prompt-template-calls')
    .all(JSON.stringify([...new Set(templates)]))
    .map(({ id }) => id)
}

/** Names of values that begin like this, and how many calls have one. */
export function slotsLike(store: Store, prefix: string): { value: string; count: number }[] {
  const begin = prefix.toLowerCase()
  return [...slotsOf(store)]
    .filter(([name]) => name.toLowerCase().startsWith(begin))
    .map(([value, { calls }]) => ({ value, count: calls }))
}

function slotsOf(store: Store): ReadonlyMap<string, Slot> {
  const generation = promptGeneration(store)
  const known = kept.get(store)
  if (known?.generation === generation) return known.slots
  const slots = new Map<string, Slot>()
  const rows = store.query<[], { id: number; template: Buffer; calls: number }>('prompt-template-slots').all()
  for (const { id, template, calls } of rows) {
    for (const name of new Set(unpackTemplate(template)?.slots.map(slot => slot.name))) {
      let slot = slots.get(name)
      if (!slot) slots.set(name, (slot = { templates: [], calls: 0 }))
      slot.templates.push(id)
      slot.calls += calls
    }
  }
  kept.set(store, { generation, slots })
  return slots
}

import type { Traits } from '../domain/traits.ts'
import type { FieldId } from './fields.ts'
import { given, scalars } from './readings.ts'

/** Fields whose values are traits of a span. */
export const traitFields = [
  'agent',
  'team',
  'service',
  'tag',
  'operation',
  'tool',
] as const satisfies readonly FieldId[]
export type TraitField = (typeof traitFields)[number]

export function isTraitField(id: string): id is TraitField {
  return traitFields.some(field => field === id)
}

/** What traits say under a field. A tool's span that names no tool is called by its own name: that is no trait. */
export function traitValues(traits: Traits, field: TraitField): readonly (string | number)[] {
  if (field === 'service') return scalars(traits.service)
  if (field === 'tag') return traits.tags ?? []
  return given(traits[field])
}

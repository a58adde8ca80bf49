import type { PrintedTemplate } from './template.ts'
import { writtenSlots } from './written-template.ts'

/** A text that somebody is writing, with the values it is tried with. */
export interface Draft {
  readonly template: string
  readonly variables: { readonly [name: string]: string }
}

export interface Rendered {
  /** What a call would be sent. Variables without a value stand as they are written. */
  readonly text: string
  /** Their names, each once. */
  readonly missing: readonly string[]
}

/** A draft with its values in place; a field that nobody filled in is no value. */
export function renderDraft({ template, variables }: Draft): Rendered {
  const filled = Object.entries(variables).filter(([, value]) => value !== '')
  return fillSlots(writtenSlots({ template, variables }), new Map(filled))
}

/** A template with values in place, which may be empty. A value is never looked through: template syntax in it stays. */
export function fillSlots(
  {
    text: template,
    slots,
  }: {
    readonly text: string
    readonly slots: readonly Pick<PrintedTemplate['slots'][number], 'name' | 'from' | 'to'>[]
  },
  values: ReadonlyMap<string, string>,
): Rendered {
  const missing = new Set<string>()
  let text = ''
  let at = 0
  for (const { name, from, to } of slots) {
    const value = values.get(name)
    if (value === undefined) missing.add(name)
    text += template.slice(at, from) + (value ?? template.slice(from, to))
    at = to
  }
  return { text: text + template.slice(at), missing: [...missing] }
}

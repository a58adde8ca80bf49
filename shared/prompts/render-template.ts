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

/** A draft with its values in place. A value is never looked through: template syntax in it stays. */
export function renderDraft({ template, variables }: Draft): Rendered {
  const missing = new Set<string>()
  let text = ''
  let at = 0
  for (const { name, from, to } of writtenSlots({ template, variables }).slots) {
    const value = Object.hasOwn(variables, name) ? variables[name]! : ''
    if (value === '') missing.add(name)
    text += template.slice(at, from) + (value === '' ? template.slice(from, to) : value)
    at = to
  }
  return { text: text + template.slice(at), missing: [...missing] }
}

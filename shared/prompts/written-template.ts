import type { JsonValue } from '../domain/json.ts'
import type { Prompt } from '../domain/message.ts'
import { typeOfValues } from './slot-types.ts'
import type { PrintedTemplate } from './template.ts'

/** Beyond so many nobody reads them. */
const mostSlots = 2000

/**
 * A template as a dump has it, with the places where its variables stand: `{{name}}`, and, of variables that the dump names,
 * `{name}`, `${name}`, `<name>` and `%(name)s` too.
 */
export function writtenSlots({ template = '', variables }: Pick<Prompt, 'template' | 'variables'>): PrintedTemplate {
  const known = namesIn(variables)
  const pattern =
    /\{\{-?\s*([\p{L}_][\p{L}\p{N}_.-]*)\s*-?\}\}|\$?\{([\p{L}_][\p{L}\p{N}_.-]*)\}|<([\p{L}_][\p{L}\p{N}_-]*)>|%\(([\p{L}_][\p{L}\p{N}_]*)\)s/gu
  const slots: PrintedTemplate['slots'][number][] = []
  for (const match of template.matchAll(pattern)) {
    const [whole, double, ...single] = match
    const name = double ?? single.find(one => one !== undefined) ?? ''
    if (double === undefined && !known.has(name)) continue
    slots.push({ name, type: typeOfValues(known.get(name) ?? []), from: match.index, to: match.index + whole.length })
    if (slots.length === mostSlots) break
  }
  return { text: template, slots }
}

function namesIn(variables: JsonValue | undefined): Map<string, string[]> {
  if (variables === null || typeof variables !== 'object' || Array.isArray(variables)) return new Map()
  return new Map(
    Object.entries(variables).map(([name, value]) => [
      name,
      [typeof value === 'string' ? value : JSON.stringify(value)],
    ]),
  )
}

type SlotPlace = Pick<PrintedTemplate['slots'][number], 'name' | 'from' | 'to'>

/**
 * The values with which a text was made from a template; undefined where it was not. Of values that could begin or end in
 * several places the first ones are the shortest; a name that stands twice has one value.
 */
export function valuesInText(
  { text: template, slots }: Pick<PrintedTemplate, 'text'> & { readonly slots: readonly SlotPlace[] },
  text: string,
): ReadonlyMap<string, string> | undefined {
  const values = new Map<string, string>()
  const [first] = slots
  if (!first) return text === template ? values : undefined
  if (!text.startsWith(template.slice(0, first.from))) return undefined
  let at = first.from
  for (const [n, { name, to }] of slots.entries()) {
    const next = slots[n + 1]
    const fixed = template.slice(to, next?.from)
    const end = next ? text.indexOf(fixed, at) : text.length - fixed.length
    if (end < at || !text.startsWith(fixed, end)) return undefined
    const value = text.slice(at, end)
    if ((values.get(name) ?? value) !== value) return undefined
    values.set(name, value)
    at = end + fixed.length
  }
  return values
}

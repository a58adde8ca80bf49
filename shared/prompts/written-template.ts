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

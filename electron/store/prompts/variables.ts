import type { JsonValue } from '../../../shared/domain/json.ts'
import type { Span } from '../../../shared/domain/span.ts'
import { valuesOf, type Template } from '../../../shared/prompts/template.ts'
import { promptText } from './prompt-text.ts'

export interface Variable {
  readonly name: string
  readonly value: string
}

/** Values of a call's variables: as the file gives them, else as they were found in what was sent. */
export function variablesOf(span: Span, template: Template | undefined): Variable[] {
  const said = span.prompt?.variables
  if (said !== undefined) return writtenVariables(said)
  return template ? recoveredVariables(span, template) : []
}

export function writtenVariables(said: JsonValue): Variable[] {
  if (said === null || typeof said !== 'object') return [{ name: 'value', value: String(said) }]
  return Object.entries(said).map(([name, value]) => ({
    name,
    value: typeof value === 'string' ? value : JSON.stringify(value),
  }))
}

/** A slot that stands several times in a prompt has one value: the first. */
export function recoveredVariables(span: Span, template: Template): Variable[] {
  const text = promptText(span)?.text
  const values = text === undefined ? undefined : valuesOf(template, text)
  return (values ?? []).flatMap(({ slot, from, to }) => {
    const named = template.slots[slot]
    return named ? [{ name: named.name, value: text!.slice(from, to) }] : []
  })
}

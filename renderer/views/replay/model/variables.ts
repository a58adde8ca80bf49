import { isObject } from '../../../../shared/conventions/values.ts'
import type { Prompt } from '../../../../shared/domain/message.ts'
import { renderDraft } from '../../../../shared/prompts/render-template.ts'
import type { BodyForm } from './body-form.ts'

/** The text of a body that a template was filled in to. */
export interface FilledText {
  readonly path: readonly string[]
  readonly template: string
  readonly values: { readonly [name: string]: string }
}

/** Undefined where no text of the body is what the template gives with these values. */
export function filledText(
  form: BodyForm,
  prompt: Prompt | undefined,
  values = valuesOf(prompt),
): FilledText | undefined {
  const template = prompt?.template
  if (template === undefined || Object.keys(values).length === 0) return undefined
  const { text } = renderDraft({ template, variables: values })
  const found = [...form.system, ...form.messages.flatMap(({ fields }) => fields)].find(({ value }) => value === text)
  return found && { path: found.path, template, values }
}

function valuesOf(prompt: Prompt | undefined): { readonly [name: string]: string } {
  const { variables } = prompt ?? {}
  if (!isObject(variables)) return {}
  const texts = Object.entries(variables).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  return Object.fromEntries(texts)
}

/** The text with another value, as JSON. */
export function refill({ template, values }: FilledText, name: string, value: string): string {
  return JSON.stringify(renderDraft({ template, variables: { ...values, [name]: value } }).text)
}

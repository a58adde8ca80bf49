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

/** The text that the log's template gives, and those that a person made one of; each while it stands in the body as it is filled in. */
export function filledTexts(
  form: BodyForm,
  prompt: Prompt | undefined,
  own: readonly FilledText[],
): readonly FilledText[] {
  const fields = textsOf(form)
  const template = prompt?.template
  const values = valuesOf(prompt)
  const logged = template === undefined || Object.keys(values).length === 0 ? undefined : filled({ template, values })
  const found = logged === undefined ? undefined : fields.find(({ value }) => value === logged)
  const mine = own.filter(one => {
    const path = one.path.join('\u0000')
    return fields.some(field => field.path.join('\u0000') === path && field.value === filled(one))
  })
  const isMine = mine.some(({ path }) => path.join('\u0000') === found?.path.join('\u0000'))
  return [...(found && template !== undefined && !isMine ? [{ path: found.path, template, values }] : []), ...mine]
}

/** Every text of the body in which these words stand, with a variable in their place. */
export function textsWith(
  form: BodyForm,
  known: readonly FilledText[],
  name: string,
  words: string,
): readonly FilledText[] {
  if (words === '') return []
  return textsOf(form).flatMap(({ path, value }) => {
    const before = known.find(one => one.path.join('\u0000') === path.join('\u0000')) ?? {
      path,
      template: value,
      values: {},
    }
    if (!before.template.includes(words)) return []
    const made = {
      path,
      template: before.template.replaceAll(words, `{{${name}}}`),
      values: { ...before.values, [name]: words },
    }
    // Braces that stood there already may mean something else with it.
    return filled(made) === value ? [made] : []
  })
}

function textsOf(form: BodyForm): { readonly path: readonly string[]; readonly value: string }[] {
  return [...form.system, ...form.messages.flatMap(({ fields }) => fields)].flatMap(({ path, value, kind }) =>
    kind === 'text' && typeof value === 'string' ? [{ path, value }] : [],
  )
}

function filled({ template, values }: Pick<FilledText, 'template' | 'values'>): string {
  return renderDraft({ template, variables: values }).text
}

/** Variables of the log with a text for a value, whether or not they still stand in one. */
export function loggedVariables(prompt: Prompt | undefined): readonly string[] {
  return Object.keys(valuesOf(prompt))
}

function valuesOf(prompt: Prompt | undefined): { readonly [name: string]: string } {
  const { variables } = prompt ?? {}
  if (!isObject(variables)) return {}
  const texts = Object.entries(variables).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  return Object.fromEntries(texts)
}

/** With another value: the text as JSON. */
export function refill(
  one: FilledText,
  name: string,
  value: string,
): { readonly filled: FilledText; readonly json: string } {
  const made = { ...one, values: { ...one.values, [name]: value } }
  return { filled: made, json: JSON.stringify(filled(made)) }
}

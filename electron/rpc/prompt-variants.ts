import type { Input } from '../../shared/contract/index.ts'
import type { Span } from '../../shared/domain/span.ts'
import { renderDraft } from '../../shared/prompts/render-template.ts'
import { writtenSlots } from '../../shared/prompts/written-template.ts'
import type { AnotherPrompt } from '../../shared/replay/another-prompt.ts'
import { variablesOf } from '../store/prompts/variables.ts'
import type { WithTemplate } from './template-relay.ts'

/** The prompt that a request is to have, with a call's values; undefined where its own stays. `span`: with what was recovered. */
export function anotherPrompt(
  { prompt: wanted, found }: WithTemplate<Pick<Input<'replay.request'>, 'prompt'>>,
  span: Span,
): AnotherPrompt | undefined {
  if (!wanted) return undefined
  const own = Object.fromEntries(variablesOf(span, undefined).map(({ name, value }) => [name, value]))
  // A field that nobody filled in is no value.
  const tried = Object.fromEntries(Object.entries(found?.tried ?? {}).filter(([, value]) => value !== ''))
  const variables = { ...found?.tried, ...own, ...wanted.variables }
  const template = 'template' in wanted ? wanted.template : (found?.text ?? '')
  const was = ownText(span)
  return {
    called: found?.called ?? 'the template',
    text: template,
    slots: found?.slots ?? writtenSlots({ template, variables }).slots,
    values: new Map(Object.entries({ ...tried, ...own, ...wanted.variables })),
    ...(was === undefined ? {} : { was }),
  }
}

/** What a call's own template came to; undefined where its file has none. */
export function ownText(span: Span): string | undefined {
  const { template } = span.prompt ?? {}
  const variables = Object.fromEntries(variablesOf(span, undefined).map(({ name, value }) => [name, value]))
  return template === undefined ? undefined : renderDraft({ template, variables }).text
}

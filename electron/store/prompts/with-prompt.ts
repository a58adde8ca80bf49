import type { Prompt } from '../../../shared/domain/message.ts'
import type { Span } from '../../../shared/domain/span.ts'
import type { Store } from '../open.ts'
import { templateOfCall } from './templates.ts'
import { recoveredVariables } from './variables.ts'

interface Found {
  readonly prompt: string | null
  readonly version: string | null
}

/** A span with the prompt that was recovered for it, where its file names none or no version of it. */
export function withPrompt(store: Store, id: number, span: Span): Span {
  const said = span.prompt ?? {}
  if (said.name !== undefined && said.version !== undefined) return span
  const found = store.query<[number], Found>('prompt-of-call').get(id)
  const name = said.name ?? found?.prompt ?? undefined
  const version = said.version ?? found?.version ?? undefined
  if (!found || (name === said.name && version === said.version)) return span
  const template = said.variables === undefined ? templateOfCall(store, id) : undefined
  const variables = template ? recoveredVariables(span, template).map(one => [one.name, one.value] as const) : []
  const prompt: Prompt = {
    ...said,
    ...(name === undefined ? {} : { name }),
    ...(version === undefined ? {} : { version }),
    recovered: true,
    ...(variables.length > 0 && { variables: Object.fromEntries(variables) }),
  }
  return { ...span, prompt }
}

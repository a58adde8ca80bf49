import type { ResponseContent } from '../../shared/conventions/bodies/provider-api.ts'

/** Whether there is anything in an answer, were it an empty text. */
export function saysAnything({ messages = [] }: ResponseContent): boolean {
  return messages.some(({ parts }) => parts.length > 0)
}

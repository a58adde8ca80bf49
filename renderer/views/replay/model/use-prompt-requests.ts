import { useEffect, useRef } from 'react'
import { adjustQuery, useClient, useRoute } from '../../../app/view.ts'
import { toRequestError } from '../../../state/request-error.ts'
import { tell } from '../../../state/undo.ts'
import { useLatest } from '../../../state/use-latest.ts'
import { promptInAddress, requestWith, type PromptToTry } from './prompt-requests.ts'
import { insert } from './requests.ts'
import type { EditedRequest } from './use-requests.ts'

/** Makes a request with another prompt and puts it beside the others; what the address asks to try is tried once. */
export function usePromptRequests(
  id: number,
  { arrange, profile, logged }: EditedRequest,
): (tried: PromptToTry) => void {
  const client = useClient()
  const { query } = useRoute()
  const tryPrompt = (tried: PromptToTry) =>
    void client.ask('replay.request', { id, prompt: tried.wanted, ...(profile ? { profile } : {}) }).then(
      ({ body }) => arrange(old => insert(old, requestWith(tried, body))),
      (error: unknown) => tell(`${tried.name} cannot be tried here: ${toRequestError(error).message}`, true),
    )
  const latest = useLatest(tryPrompt)
  const isThere = logged !== undefined
  const asked = promptInAddress(query)
  const wanted = isThere && asked ? JSON.stringify(asked) : undefined
  const done = useRef<string>(undefined)
  useEffect(() => {
    if (wanted === undefined || done.current === wanted) return
    done.current = wanted
    latest.current(JSON.parse(wanted) as PromptToTry)
    // Going back and forth does not try it again.
    adjustQuery({ prompt: undefined, version: undefined, draft: undefined })
  }, [wanted, latest])
  return tryPrompt
}

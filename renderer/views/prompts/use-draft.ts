import { useCallback, useEffect, useRef, useState } from 'react'
import type { Draft } from '../../../shared/prompts/render-template.ts'
import { useClient } from '../../app/view.ts'
import type { PageClient } from '../../state/client.ts'
import { toRequestError } from '../../state/request-error.ts'
import { type Done, tell, tellDone } from '../../state/undo.ts'
import type { VersionName } from './model/address.ts'

/** Milliseconds after the last key when a draft is kept. */
const rests = 400

export interface DraftOf {
  readonly prompt: string
  readonly version: VersionName
}

/**
 * A draft that keeps itself: soon after each change, and when the person goes elsewhere. `show` is told when it is thrown
 * away, and when that is undone.
 */
export function useDraft(of: DraftOf, initial: Draft, show: (draft: Draft | null) => void) {
  const client = useClient()
  const { prompt, version } = of
  const [draft, setDraft] = useState(initial)
  const waiting = useRef<{ readonly timer: ReturnType<typeof setTimeout>; readonly draft: Draft }>(undefined)
  const flush = useCallback(async () => {
    const late = waiting.current
    if (!late) return
    clearTimeout(late.timer)
    waiting.current = undefined
    await client
      .ask('prompts.saveDraft', { prompt, version, draft: late.draft })
      .catch((error: unknown) => tell(`The draft could not be kept: ${toRequestError(error).message}`, true))
  }, [client, prompt, version])
  useEffect(() => () => void flush(), [flush])
  return {
    draft,
    /** Resolves when nothing of it is only here. */
    keep: flush,
    set: (next: Draft) => {
      setDraft(next)
      clearTimeout(waiting.current?.timer)
      waiting.current = { timer: setTimeout(() => void flush(), rests), draft: next }
    },
    discard: () => {
      clearTimeout(waiting.current?.timer)
      waiting.current = undefined
      discard(client, of, draft, show).then(tellDone, (error: unknown) =>
        tell(`The draft could not be thrown away: ${toRequestError(error).message}`, true),
      )
    },
  }
}

async function discard(
  client: PageClient,
  of: DraftOf,
  draft: Draft,
  show: (draft: Draft | null) => void,
): Promise<Done> {
  await client.ask('prompts.saveDraft', { ...of, draft: null })
  show(null)
  return {
    words: 'The draft is thrown away',
    undo: async () => {
      await client.ask('prompts.saveDraft', { ...of, draft })
      show(draft)
      return () => discard(client, of, draft, show)
    },
  }
}

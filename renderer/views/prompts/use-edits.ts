import { useMemo } from 'react'
import type { PromptEdit } from '../../../shared/contract/prompt-edits.ts'
import { useClient } from '../../app/view.ts'
import type { PageClient } from '../../state/client.ts'
import { toRequestError } from '../../state/request-error.ts'
import { type Done, tell, tellDone } from '../../state/undo.ts'
import { edits } from './use-prompt-ask.ts'

/** Does what a person says of prompts and versions, tells it, and lets it be undone. False where it failed. */
export function useEdits(): (edit: PromptEdit, words: string) => Promise<boolean> {
  const client = useClient()
  return useMemo(
    () => async (edit, words) => {
      try {
        tellDone(await doEdit(client, edit, words))
        return true
      } catch (error) {
        tell(`That could not be done: ${toRequestError(error).message}`, true)
        return false
      }
    },
    [client],
  )
}

async function doEdit(client: PageClient, edit: PromptEdit, words: string): Promise<Done> {
  const { change } = await client.ask('prompts.edit', edit)
  edits.update(n => n + 1)
  return {
    words,
    undo: async () => {
      await client.ask('prompts.undo', { change })
      edits.update(n => n + 1)
      return () => doEdit(client, edit, words)
    },
  }
}

import type { CancelSignal, Input } from '../../shared/contract/index.ts'
import type { PromptEdit } from '../../shared/contract/prompt-edits.ts'
import { readSpan } from '../import/reading.ts'
import { openForUse } from '../store/open.ts'
import { Recovery } from '../store/prompts/recovery.ts'
import { PromptDesk } from './prompt-desk.ts'
import type { Role } from './process.ts'

/** Recovers prompts that no file names, behind everything else, and keeps what persons say of them. It may be killed at any time. */
export const prompter: Role = ({ storePath }, emit) => {
  const store = openForUse(storePath)
  const desk = new PromptDesk(store, new Recovery(store, readSpan), emit)
  return {
    answers: {
      'prompts.status': () => desk.status(),
      'prompts.wait': (_: unknown, signal: CancelSignal) => desk.settled(signal),
      'prompts.edit': (edit: PromptEdit) => desk.edit(edit),
      'prompts.putFiles': (input: Input<'prompts.putFiles'>) => desk.putFiles(input),
      'prompts.saveDraft': (input: Input<'prompts.saveDraft'>) => desk.saveDraft(input),
      'prompts.undo': ({ change }: { readonly change: number }) => desk.undo(change),
    },
    close: async () => {
      await desk.close()
      store.close()
    },
  }
}

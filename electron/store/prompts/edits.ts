import type { PromptEdit } from '../../../shared/contract/prompt-edits.ts'
import { InspectorError } from '../../../shared/domain/errors.ts'
import type { Store } from '../open.ts'

/** Edits that can be undone: the latest. */
const mostUndone = 100

/** Notes what a person said. What follows from it is worked out by whoever calls this (`assign.ts`). */
export function saveEdit(store: Store, edit: PromptEdit): number {
  store.mustBeWritable()
  return store.query<[string, number], { id: number }>('prompt-edit-add').get(JSON.stringify(edit), Date.now())!.id
}

export function undoEdit(store: Store, change: number): void {
  store.mustBeWritable()
  const { changes } = store.query<[number, number], unknown>('prompt-edit-undo').run(change, mostUndone)
  if (changes === 0) throw new InspectorError('prompts/gone', 'This can no longer be undone.')
}

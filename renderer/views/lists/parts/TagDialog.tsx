import { useClient } from '../../../app/view.ts'
import { TagDialog as AnyTagDialog } from '../../../components/notes/TagDialog.tsx'
import { setNote } from '../../../state/notes.ts'
import { selectedCount, targetOf } from '../model/actions.ts'
import type { ListMemory } from '../model/memory.ts'
import { idOf } from '../model/page.ts'
import { rowAt } from '../model/row-list.ts'
import { titles } from '../model/titles.ts'

interface Props {
  readonly memory: ListMemory
  /** The row that is tagged where none is selected. */
  readonly index: number
  readonly close: () => void
}

/** A tag for what is selected. */
export function TagDialog({ memory, index, close }: Props) {
  const client = useClient()
  const target = targetOf(memory, index)
  const count = selectedCount(memory) || 1
  const row = rowAt(memory.list.get().pages, index)
  const own = row && memory.notes.get().get(idOf(row))?.tags
  return (
    <AnyTagDialog
      title={`Tag ${titles[memory.kind].count(count)}`}
      own={count === 1 ? (own ?? []) : undefined}
      put={(tag, on) => target && void setNote(client, target, tag, on)}
      close={close}
    />
  )
}

import type { PageClient } from '../../../state/client.ts'
import { setNote, type NotedRows } from '../../../state/notes.ts'
import { questionOf } from '../../../state/question.ts'
import type { ListMemory } from './memory.ts'
import { idOf, type ListRow } from './page.ts'
import { rowAt } from './row-list.ts'
import { countOf, isSelected, joined } from './selection.ts'

/** Rows that a stretch may select without all of them being selected: each has to be asked for. */
export const longestStretch = 10_000

/** What an action speaks of: what is selected, else the row under the cursor. Undefined: nothing that can be noted. */
export function targetOf({ kind, list, selection }: ListMemory, index: number): NotedRows | undefined {
  if (kind === 'sessions') return undefined
  const of = kind === 'traces' ? 'traces' : 'spans'
  const chosen = selection.get()
  if (chosen.type === 'some') return { of, ids: [...chosen.ids] }
  if (chosen.type === 'all')
    return { list: kind, where: questionOf(list.get().shown ?? ''), except: [...chosen.except] }
  const row = rowAt(list.get().pages, index)
  return row && { of, ids: [idOf(row)] }
}

/** Puts a star on, or takes it off where all of them have one. */
export async function toggleStar(client: PageClient, memory: ListMemory, index: number): Promise<void> {
  const rows = targetOf(memory, index)
  if (!rows) return
  const known = memory.notes.get()
  const on = 'ids' in rows ? !rows.ids.every(id => known.get(id)?.starred) : true
  await setNote(client, rows, '', on)
}

/** Adds the rows from here to there; asks for those that are not in the page. False: too many. */
export async function selectStretch(memory: ListMemory, from: number, to: number): Promise<boolean> {
  const [first, last] = from < to ? [from, to] : [to, from]
  if (last - first >= longestStretch) return false
  const ids: number[] = []
  for (let index = first; index <= last; index++) {
    const row = await memory.list.find(index)
    if (row) ids.push(idOf(row))
  }
  memory.selection.update(selection => joined(selection, ids))
  return true
}

export function selectedCount({ selection, list }: ListMemory): number {
  return countOf(selection.get(), list.get().total ?? 0)
}

/** The rows that are in the page, in their order. */
export function rowsShown({ list }: ListMemory): ListRow[] {
  return [...list.get().pages]
    .toSorted(([a], [b]) => a - b)
    .flatMap(([, page]) => Array.from({ length: page.count }, (_, i) => ({ page, i })))
}

export function selectedRowsShown(memory: ListMemory): ListRow[] {
  const chosen = memory.selection.get()
  return rowsShown(memory).filter(row => isSelected(chosen, idOf(row)))
}

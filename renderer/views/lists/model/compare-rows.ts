import { announce } from '../../../app/announce.ts'
import { navigate } from '../../../app/view.ts'
import type { PageClient } from '../../../state/client.ts'
import { compareAddress, type MarkedSpan, pickSpan, pickWords, spanIdOf } from '../../../state/compare-desk.ts'
import { toRequestError } from '../../../state/request-error.ts'
import { tell } from '../../../state/undo.ts'
import { selectedRowsShown } from './actions.ts'
import type { ListMemory } from './memory.ts'
import { idOf, type ListRow, textIn } from './page.ts'
import { rowAt } from './row-list.ts'
import { countOf } from './selection.ts'

/** Compares the two rows that are selected; else marks the row, or compares it with the marked one. */
export async function compareRows(client: PageClient, memory: ListMemory, index: number): Promise<void> {
  if (memory.kind === 'sessions') return announce('Sessions cannot be compared. Their calls can.')
  const chosen = countOf(memory.selection.get(), memory.list.get().total ?? 0)
  const rows = chosen > 0 ? selectedRowsShown(memory) : []
  if (chosen > 2 || (chosen > 0 && rows.length < chosen)) {
    return announce('Two can be compared: select two rows that are loaded, or none.')
  }
  const row = rowAt(memory.list.get().pages, index)
  try {
    const picked = await Promise.all((chosen === 2 ? rows : row ? [row] : []).map(one => spanOf(client, memory, one)))
    const [first, second] = picked
    if (!first) return undefined
    if (second) return navigate(compareAddress(first, second))
    const answer = pickSpan(first)
    if ('address' in answer) navigate(answer.address)
    else announce(pickWords(first, answer.did))
  } catch (error) {
    tell(`It was not marked: ${toRequestError(error).message}`, true)
  }
}

async function spanOf(client: PageClient, { kind }: ListMemory, row: ListRow): Promise<MarkedSpan> {
  const span = { traceId: textIn(row, 'trace') ?? '', words: textIn(row, 'name') ?? '' }
  return kind === 'traces' ? span : { ...span, spanId: await spanIdOf(client, idOf(row)) }
}

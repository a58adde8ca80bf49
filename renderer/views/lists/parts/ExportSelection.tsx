import { useClient } from '../../../app/view.ts'
import type { ExportIds } from '../../../../shared/contract/export-ids.ts'
import { ExportDialog } from '../../../components/export/ExportDialog.tsx'
import { questionOf } from '../../../state/question.ts'
import { clauseFor } from '../../../../shared/query/edit.ts'
import { rowsShown, selectedCount } from '../model/actions.ts'
import type { ListMemory } from '../model/memory.ts'
import { idOf, textIn } from '../model/page.ts'
import { titles } from '../model/titles.ts'

interface Props {
  readonly memory: ListMemory
  readonly close: () => void
}

/** Exports what is selected; where nothing is, all that matches. */
export function ExportSelection({ memory, close }: Props) {
  const client = useClient()
  const { kind, list, selection } = memory
  const count = selectedCount(memory) || (list.get().total ?? 0)
  const ids = async (signal: AbortSignal): Promise<ExportIds> => {
    const chosen = selection.get()
    const query = kind === 'sessions' ? tracesOfSessions(memory) : (list.get().shown ?? '')
    const where = query === '' ? {} : { where: questionOf(query) }
    // Which traces the rows belong to, the reader process knows.
    const all = await client.ask('lists.ids', { list: kind === 'sessions' ? 'traces' : kind, ...where }, signal)
    if (kind === 'sessions') return { traces: [...all.id] }
    const isIn = (id: number): boolean =>
      chosen.type === 'some' ? chosen.ids.has(id) : chosen.type === 'none' || !chosen.except.has(id)
    const rows = [...all.id.keys()].filter(i => isIn(all.id[i]!))
    const spans = rows.map(i => all.id[i]!)
    return kind === 'traces' ? { traces: spans } : { traces: [...new Set(rows.map(i => all.trace[i]!))], spans }
  }
  return (
    <ExportDialog
      close={close}
      part={{ label: titles[kind].count(count), name: kind, wholeTraces: kind === 'spans' || kind === 'calls', ids }}
    />
  )
}

/** The query of the traces of the sessions that are selected. */
function tracesOfSessions(memory: ListMemory): string {
  const selection = memory.selection.get()
  const shown = memory.list.get().shown ?? ''
  const clauses = rowsShown(memory).flatMap(row => {
    const isListed =
      selection.type === 'some'
        ? selection.ids.has(idOf(row))
        : selection.type === 'all' && selection.except.has(idOf(row))
    const session = isListed ? textIn(row, 'session') : undefined
    return session === undefined ? [] : [clauseFor({ id: 'session' }, session)]
  })
  if (selection.type === 'some') return clauses.join(' OR ')
  return [shown === '' ? 'has:session' : `(${shown}) has:session`, ...clauses.map(clause => `-${clause}`)].join(' ')
}

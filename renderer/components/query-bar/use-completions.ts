import { useCallback, useEffect, useState } from 'react'
import { complete, type Completions } from '../../../shared/query/complete.ts'
import { useClient } from '../../state/client.ts'
import { valuesOf } from './known-values.ts'
import { narrowTo, type OfferedFor } from './model/narrow.ts'
import { useLatest } from '../../state/use-latest.ts'

/** A list that can be sorted: its fields by id, with the name a reader knows. */
export interface SortChoice {
  readonly id: string
  readonly label: string
}

/** Milliseconds without a key before the store is asked for values. */
const pause = 60
/** Completion is for what is written by hand. */
const longest = 4000

export interface Offered {
  /** What was offered stays until the next is known; nothing is offered while it is shut. */
  readonly completions: Completions | undefined
  /** Those that hold for this very text and cursor: only these can be taken. */
  readonly standing: Completions | undefined
  readonly forget: () => void
  /** What may stand here is not known yet. */
  readonly waiting: boolean
}

/** What may stand at the cursor. `arrived` is told when that is known. */
export function useCompletions(
  text: string,
  cursor: number,
  open: boolean,
  sorts: readonly SortChoice[],
  arrived: (completions: Completions) => void,
): Offered {
  const client = useClient()
  const latest = useLatest(arrived)
  const [offered, setOffered] = useState<OfferedFor>()
  const forget = useCallback(() => setOffered(undefined), [])
  const [answered, setAnswered] = useState({ text: '', cursor: -1 })
  useEffect(() => {
    if (!open || text.length > longest) return undefined
    const abort = new AbortController()
    const soon = setTimeout(() => {
      void (async () => {
        const sorting = completeSort(text, cursor, sorts)
        const completions =
          sorting ?? withSort(await complete(text, cursor, valuesOf(client, abort.signal)), text, cursor, sorts)
        if (abort.signal.aborted) return
        setAnswered({ text, cursor })
        setOffered(isDone(completions, text) ? undefined : { completions, text, cursor })
        latest.current(completions)
      })()
    }, pause)
    return () => {
      clearTimeout(soon)
      abort.abort()
    }
  }, [client, text, cursor, open, sorts, latest])
  // What was offered before it was shut is about another text.
  useEffect(() => (open ? forget : undefined), [open, forget])
  return {
    completions: open ? offered?.completions : undefined,
    standing: narrowTo(offered, text, cursor),
    forget,
    waiting: open && text.length <= longest && (answered.text !== text || answered.cursor !== cursor),
  }
}

/** The only thing on offer is what stands there. */
function isDone({ from, to, items }: Completions, text: string): boolean {
  return items.length === 0 || (items.length === 1 && items[0]!.insert === text.slice(from, to))
}

/** `sort:` is no part of the language: it moves to the list as soon as it is complete. */
function completeSort(text: string, cursor: number, sorts: readonly SortChoice[]): Completions | undefined {
  const typed = sorts.length > 0 ? /(?:^|[\s(])sort:(-?)([\w.]*)$/i.exec(text.slice(0, cursor)) : null
  if (!typed) return undefined
  const prefix = typed[2]!.toLowerCase()
  const items = sorts
    .filter(({ id }) => id.toLowerCase().startsWith(prefix))
    .flatMap(({ id, label }) => [
      { insert: `-${id}`, label: `-${id}`, detail: `${label}, largest first` },
      { insert: id, label: id, detail: `${label}, smallest first` },
    ])
    .filter(({ insert }) => typed[1] === '' || insert.startsWith('-'))
  return { from: cursor - typed[1]!.length - typed[2]!.length, to: cursor, items }
}

function withSort(offered: Completions, text: string, cursor: number, sorts: readonly SortChoice[]): Completions {
  const typed = text.slice(offered.from, cursor).toLowerCase()
  if (sorts.length === 0 || typed === '' || !'sort'.startsWith(typed)) return offered
  const item = { insert: 'sort:', label: 'sort:', detail: 'the order of the list' }
  return { ...offered, items: [item, ...offered.items] }
}

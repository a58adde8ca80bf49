import { useEffect, useState } from 'react'
import { complete, type Completions, type ValueProvider } from '../../../shared/query/complete.ts'
import { printField } from '../../../shared/query/print.ts'
import { useClient, type PageClient } from '../../state/client.ts'

/** A list that can be sorted: its fields by id, with the name a reader knows. */
export interface SortChoice {
  readonly id: string
  readonly label: string
}

/** Milliseconds without a key before the store is asked for values. */
const pause = 60
const mostValues = 20
/** Completion is for what is written by hand. */
const longest = 4000

/** What may stand at the cursor. What was offered stays until the next is known; nothing is offered while it is shut. */
export function useCompletions(
  text: string,
  cursor: number,
  open: boolean,
  sorts: readonly SortChoice[],
): Completions | undefined {
  const client = useClient()
  const [offered, setOffered] = useState<Completions>()
  useEffect(() => {
    if (!open || text.length > longest) return undefined
    const abort = new AbortController()
    const soon = setTimeout(() => {
      void (async () => {
        const sorting = completeSort(text, cursor, sorts)
        const next =
          sorting ?? withSort(await complete(text, cursor, valuesOf(client, abort.signal)), text, cursor, sorts)
        if (!abort.signal.aborted) setOffered(isDone(next, text) ? undefined : next)
      })()
    }, pause)
    return () => {
      clearTimeout(soon)
      abort.abort()
    }
  }, [client, text, cursor, open, sorts])
  // What was offered before it was shut is about another text.
  useEffect(() => (open ? () => setOffered(undefined) : undefined), [open])
  return open ? offered : undefined
}

/** The only thing on offer is what stands there. */
function isDone({ from, to, items }: Completions, text: string): boolean {
  return items.length === 0 || (items.length === 1 && items[0]!.insert === text.slice(from, to))
}

/** A store that cannot be asked offers nothing. */
function valuesOf(client: PageClient, signal: AbortSignal): ValueProvider {
  const ask = async (field: string, prefix: string) => {
    try {
      const input = { field, prefix: prefix.slice(0, 1000), limit: mostValues }
      return (await client.ask('search.values', input, signal)).values
    } catch {
      return []
    }
  }
  return {
    // What judges said is not among the counted values.
    values: async (field, prefix) => (field.id === 'score' ? [] : ask(printField(field).slice(0, 1000), prefix)),
    names: (field, prefix) => ask(field === '@' ? '@' : `${field}.`, prefix),
  }
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

import { useCallback, useEffect, useMemo, useState } from 'react'
import type { Input } from '../../../../shared/contract/index.ts'
import type { ListValue } from '../../../../shared/contract/lists.ts'
import { useClient } from '../../../app/view.ts'
import { toRequestError, RequestCancelled, type RequestError } from '../../../state/request-error.ts'
import { held, nothing, placesOf } from './held-rows.ts'
import { pageSize, RowTree, top } from './row-tree.ts'
import { useLatest } from '../../../state/use-latest.ts'

export type Wanted = Omit<Input<'costs.table'>, 'within' | 'offset' | 'limit' | 'by' | 'per'>

/** Groups that are opened at once. */
const mostOpened = 200

/** What was open of the last table: who comes back from the calls behind a cell finds its row again. */
const opened = new WeakMap<object, { readonly shape: string; readonly ids: ReadonlySet<string> }>()

function openBefore(client: object, shape: string): ReadonlySet<string> {
  const last = opened.get(client)
  return last?.shape === shape ? last.ids : new Set()
}

/**
 * Groups by the first field, and below those that were opened by the next one. Only pages in sight, and the one at the top,
 * are asked for and held.
 */
export function useTable(fields: readonly string[], per: Input<'costs.table'>['per'], wanted: Wanted | undefined) {
  const client = useClient()
  const depths = fields.length + (per ? 1 : 0)
  const question = JSON.stringify([fields, per, wanted])
  const shape = JSON.stringify([fields, per])
  const [open, setOpen] = useState(() => openBefore(client, shape))
  const [known, setKnown] = useState(nothing)
  const [range, setRange] = useState({ first: 0, last: pageSize / 4 })
  const [error, setError] = useState<RequestError>()
  const [round, setRound] = useState(0)
  const again = useCallback(() => setRound(n => n + 1), [])

  const [shown, setShown] = useState(shape)
  if (shown !== shape) {
    setShown(shape)
    setOpen(new Set())
  }

  const tree = useMemo(
    () => new RowTree(known.groups, open, known.places, depths),
    [known.groups, known.places, open, depths],
  )
  const turn = `${round} ${question}`
  const missing = useMemo(() => {
    const isNew = known.turn !== turn
    const inSight = [
      [top, 0] as const,
      ...[...open].map(path => [path, 0] as const),
      ...tree.pages(range.first, range.last),
    ]
    const isHeld = ([path, page]: readonly [string, number]) => known.groups.get(path)?.pages.has(page) === true
    return JSON.stringify(
      [...new Map(inSight.map(one => [one.join(' '), one])).values()].filter(one => isNew || !isHeld(one)),
    )
  }, [known, turn, tree, open, range])

  const isExact = known.all?.exact !== false
  const latest = useLatest({ tree, range, open, isExact })
  useEffect(() => {
    const pages = JSON.parse(missing) as (readonly [string, number])[]
    if (!wanted || pages.length === 0) return undefined
    const abort = new AbortController()
    const { measures } = wanted
    const ask = async ([path, page]: readonly [string, number]) => {
      const within = JSON.parse(path) as (ListValue | null)[]
      const depth = within.length + 1
      const input: Input<'costs.table'> = {
        ...wanted,
        by: fields.slice(0, depth),
        ...(per && depth > fields.length ? { per } : {}),
        ...(within.length > 0 ? { within } : {}),
        ...(page > 0 ? { offset: page * pageSize } : {}),
        limit: pageSize,
      }
      return { path, page, answer: await client.ask('costs.table', input, abort.signal) }
    }
    const load = async (): Promise<void> => {
      try {
        const found = await Promise.all(pages.map(ask))
        if (abort.signal.aborted) return
        const { range: now, tree: before, open: opened } = latest.current
        const inSight = before.pages(now.first - 2 * pageSize, now.last + 2 * pageSize)
        setKnown(old => {
          const places = old.question === question ? old.places : nothing.places
          return held(
            old.turn === turn ? old : { ...nothing, turn, question, measures, places },
            found,
            inSight,
            opened,
          )
        })
        setError(undefined)
      } catch (caught) {
        if (caught instanceof RequestCancelled || abort.signal.aborted) return
        setError(toRequestError(caught))
      }
    }
    void load()
    return () => abort.abort()
    // `turn` stands for fields, per and wanted.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [client, turn, missing])

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const soon = (): void => {
      timer ??= setTimeout(() => {
        timer = undefined
        again()
      }, 500)
    }
    const offs = [
      client.on('store.changed', soon),
      client.on('process.state', event => event.process !== 'import' && event.state === 'running' && soon()),
      client.on('index.progress', ({ state }) => state !== 'building' && !latest.current.isExact && soon()),
    ]
    return () => {
      clearTimeout(timer)
      offs.forEach(off => off())
    }
  }, [client, again, latest])
  useEffect(() => {
    // Asking again reads on. Nobody asks: nobody reads.
    if (!known.isReading) return undefined
    const next = setTimeout(again, 20)
    return () => clearTimeout(next)
  }, [known, again])

  const show = useCallback(
    (first: number, last: number) =>
      setRange(old => (old.first === first && old.last === last ? old : { first, last })),
    [],
  )
  const openOnly = useCallback(
    (ids: ReadonlySet<string>) => {
      setOpen(ids)
      opened.set(client, { shape, ids })
      setKnown(old => ({ ...old, places: placesOf(old.groups, ids, old.places) }))
    },
    [client, shape],
  )
  const expandAll = (): void => {
    const loaded = [...known.groups.entries()].flatMap(([path, { pages }]) =>
      depthOf(path) + 1 < depths ? [...pages.values()].flatMap(({ keys }) => keys.map(key => JSON.stringify(key))) : [],
    )
    openOnly(new Set([...open, ...loaded.slice(0, mostOpened)]))
  }
  return {
    /** Of all rows together. */
    all: known.all,
    groups: known.groups,
    /** Whose values the rows have, in their order. */
    measures: known.measures,
    tree,
    open,
    isFresh: known.question === question,
    error,
    show,
    openOnly,
    expandAll,
    collapseAll: () => openOnly(new Set()),
    again,
  }
}

export type CostTable = ReturnType<typeof useTable>

function depthOf(path: string): number {
  return (JSON.parse(path) as unknown[]).length
}

import { useCallback, useEffect, useMemo, useState } from 'react'
import type { Input, Output } from '../../../../shared/contract/index.ts'
import type { ListValue } from '../../../../shared/contract/lists.ts'
import { useClient } from '../../../app/view.ts'
import { toRequestError, RequestCancelled, type RequestError } from '../../../state/request-error.ts'

export type Answer = Output<'costs.table'>
type Wanted = Omit<Input<'costs.table'>, 'within' | 'limit' | 'by' | 'per'>

/** A row of the tree: a group within the groups above it. */
export interface TreeRow {
  readonly id: string
  readonly key: readonly (ListValue | null)[]
  readonly depth: number
  readonly isOpen: boolean
  readonly hasMore: boolean
  readonly answer: Answer
  /** Its place in the answer. */
  readonly at: number
}

/** Rows that a group has beyond those shown. */
export interface RestRow {
  readonly id: string
  readonly depth: number
  readonly rest: number
  readonly path: string
}

/** Groups shown at first, and how many more with each press. */
const page = 200
const top = '[]'

interface Known {
  readonly question: string
  readonly answers: ReadonlyMap<string, Answer>
}

/** Groups by the first field, and below those that were opened by the next one; asked for as they are opened. */
export function useTable(fields: readonly string[], per: Input<'costs.table'>['per'], wanted: Wanted | undefined) {
  const client = useClient()
  const depths = fields.length + (per ? 1 : 0)
  const question = JSON.stringify([fields, per, wanted])
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const [limits, setLimits] = useState<ReadonlyMap<string, number>>(new Map())
  const [known, setKnown] = useState<Known>({ question: '', answers: new Map() })
  const [error, setError] = useState<RequestError>()
  const [round, setRound] = useState(0)
  const paths = useMemo(() => [top, ...open], [open])

  useEffect(() => {
    if (!wanted) return undefined
    const abort = new AbortController()
    const ask = async (path: string): Promise<readonly [string, Answer]> => {
      const within = JSON.parse(path) as (ListValue | null)[]
      const depth = within.length + 1
      const by = fields.slice(0, depth)
      const input: Input<'costs.table'> = {
        ...wanted,
        by,
        ...(per && depth > fields.length ? { per } : {}),
        ...(within.length > 0 ? { within } : {}),
        limit: limits.get(path) ?? page,
      }
      return [path, await client.ask('costs.table', input, abort.signal)]
    }
    const load = async (): Promise<void> => {
      try {
        const answers = new Map(await Promise.all(paths.map(ask)))
        setKnown({ question, answers })
        setError(undefined)
      } catch (caught) {
        if (caught instanceof RequestCancelled || abort.signal.aborted) return
        setError(toRequestError(caught))
      }
    }
    void load()
    return () => abort.abort()
    // `question` stands for fields, per and wanted.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [client, question, paths, limits, round])

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const again = (): void => {
      timer ??= setTimeout(() => {
        timer = undefined
        setRound(n => n + 1)
      }, 500)
    }
    const offs = [
      client.on('store.changed', again),
      client.on('process.state', event => event.process !== 'import' && event.state === 'running' && again()),
    ]
    return () => {
      clearTimeout(timer)
      offs.forEach(off => off())
    }
  }, [client])

  const shape = JSON.stringify([fields, per])
  const [shown, setShown] = useState(shape)
  if (shown !== shape) {
    setShown(shape)
    setOpen(new Set())
    setLimits(new Map())
  }

  const rows = useMemo(() => flatten(known.answers, depths), [known.answers, depths])
  const toggle = useCallback((id: string) => {
    setOpen(now => {
      const next = new Set(now)
      if (!next.delete(id)) next.add(id)
      return next
    })
  }, [])
  const more = useCallback((path: string) => setLimits(now => new Map(now).set(path, (now.get(path) ?? page) * 5)), [])
  const expandAll = (): void => {
    const ids = rows.flatMap(row => ('rest' in row || !row.hasMore ? [] : [row.id]))
    setOpen(now => new Set([...now, ...ids.slice(0, page)]))
  }
  return {
    /** Of all rows together. */
    all: known.answers.get(top),
    rows,
    isFresh: known.question === question,
    error,
    toggle,
    more,
    expandAll,
    collapseAll: () => setOpen(new Set()),
    again: () => setRound(n => n + 1),
  }
}

function flatten(answers: ReadonlyMap<string, Answer>, depths: number): (TreeRow | RestRow)[] {
  const rows: (TreeRow | RestRow)[] = []
  const add = (path: string, depth: number): void => {
    const answer = answers.get(path)
    if (!answer) return
    for (const [at, key] of answer.keys.entries()) {
      const id = JSON.stringify(key)
      const isOpen = answers.has(id)
      rows.push({ id, key, depth, isOpen, hasMore: depth + 1 < depths, answer, at })
      if (isOpen) add(id, depth + 1)
    }
    const rest = answer.rows - answer.keys.length
    if (rest > 0) rows.push({ id: `rest ${path}`, depth, rest, path })
  }
  add(top, 0)
  return rows
}

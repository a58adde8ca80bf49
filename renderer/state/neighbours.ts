// The list that an opened trace came from: its neighbours there are one key away, and the way back leads to the row.

import type { ListKind } from '../../shared/contract/lists.ts'
import type { PageClient } from './client.ts'
import { questionOf } from './question.ts'

/**
 * Moves on in the list and says where that leads; undefined at its end, null where the list stands elsewhere by now: the
 * trace was come to by another way.
 */
export type Step = (by: 1 | -1, traceId: string) => Promise<string | undefined | null>

let step: Step | undefined

export function rememberNeighbours(next: Step | undefined): void {
  step = next
}

/** What the address of a trace says about the list it came from, beside its query. */
export interface ListParts {
  readonly list: Exclude<ListKind, 'sessions'>
  /** As in the address of the list. */
  readonly sort: string
}

export const usualParts: ListParts = { list: 'traces', sort: '-started' }

/** The parts that differ from the usual, as parts of an address. */
export function writeParts({ list, sort }: ListParts): Record<string, string> {
  return {
    ...(list === usualParts.list ? {} : { list }),
    ...(sort === usualParts.sort ? {} : { sort }),
  }
}

function readParts(query: URLSearchParams): ListParts {
  const named = query.get('list')
  return {
    list: named === 'spans' || named === 'calls' ? named : usualParts.list,
    sort: query.get('sort') ?? usualParts.sort,
  }
}

/** The trace that an address shows. */
export interface ShownTrace {
  /** Absent where it has not been read yet. */
  readonly id: number | undefined
  readonly traceId: string
  readonly span: number | undefined
  readonly query: URLSearchParams
}

let walked: Promise<unknown> = Promise.resolve()

/**
 * One step after another: each asks where one is when those before it have led there. Whoever presses the key faster than
 * traces come goes as far.
 */
export function stepToNeighbour(
  client: PageClient,
  by: 1 | -1,
  here: () => ShownTrace,
  go: (address: string | undefined) => void,
): Promise<void> {
  const step = walked.then(async () => go(await neighbour(client, by, here())))
  walked = step.catch(() => {})
  return step
}

/**
 * Where the next trace of the list is, or the one before; undefined at the list's end. The list that is remembered goes
 * along; without one (a link, a page that was loaded again) the store is asked for the list that the address names.
 */
async function neighbour(client: PageClient, by: 1 | -1, here: ShownTrace): Promise<string | undefined> {
  const known = await step?.(by, here.traceId)
  if (known !== undefined && known !== null) return known
  if (known === undefined && step) return undefined
  const trace = here.id ?? (await client.ask('traces.find', { traceId: here.traceId })).id
  if (trace === null) return undefined
  const parts = readParts(here.query)
  const q = here.query.get('q') ?? ''
  const { before, after } = await client.ask('lists.neighbours', {
    list: parts.list,
    ...(q === '' ? {} : { where: questionOf(q) }),
    sort: { column: parts.sort.replace(/^-/, ''), descending: parts.sort.startsWith('-') },
    trace,
    ...(here.span === undefined ? {} : { span: here.span }),
  })
  const next = by === 1 ? after : before
  if (!next) return undefined
  const more = new URLSearchParams({
    ...(q === '' ? {} : { q }),
    ...writeParts(parts),
    ...(next.span === null ? {} : { span: String(next.span) }),
  }).toString()
  return `/trace/${encodeURIComponent(next.traceId)}${more === '' ? '' : `?${more}`}`
}

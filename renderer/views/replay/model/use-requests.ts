import { useCallback, useEffect, useMemo, useState } from 'react'
import type { WrittenProfile } from '../../../../shared/contract/replay.ts'
import { toProfile } from '../../../../shared/replay/profile.ts'
import type { DialectId, ReplayRequest } from '../../../../shared/replay/types.ts'
import { useAsk, useClient } from '../../../app/view.ts'
import { RequestCancelled, toRequestError, type RequestError } from '../../../state/request-error.ts'
import type { PageClient } from '../../../state/client.ts'
import { createStore, useStore, type Store } from '../../../state/store.ts'
import type { Connecting } from './use-connection.ts'
import { changesOf, isEdited, settle, type Draft, type History } from './draft.ts'
import { changeCurrent, currentOf, startRequests, type Requests } from './requests.ts'

/** The request of a call with what was done to it, for one connection or, before one is chosen, for the provider itself. */
export interface EditedRequest {
  /** What would go out, where it is known; of a body that is no JSON the last one that was. */
  readonly request: ReplayRequest | undefined
  /** `request` is what the draft says now. */
  readonly isCurrent: boolean
  /** The request without any edit. */
  readonly logged: ReplayRequest | undefined
  readonly history: History | undefined
  readonly change: (change: (history: History) => History) => void
  /** All that are made of the call; `history` is the one on the screen. */
  readonly requests: Requests | undefined
  readonly arrange: (change: (requests: Requests) => Requests) => void
  /** The connection as the host takes it. */
  readonly profile: WrittenProfile | undefined
  /** There is no request, or the body is none. */
  readonly error: RequestError | undefined
  readonly again: () => void
}

/** One that is there to be edited. */
export type KnownRequest = EditedRequest & {
  readonly [K in 'request' | 'logged' | 'history' | 'requests']: NonNullable<EditedRequest[K]>
}

/** Milliseconds without a key press before the host is asked what would go out. */
const restsFor = 250

interface Composed {
  readonly of: Draft
  readonly to: string
  readonly request?: ReplayRequest
  readonly error?: RequestError
}

/** By call and dialect. What was written stays while a person looks elsewhere in this window. */
type Written = ReadonlyMap<string, Requests>

const desks = new WeakMap<PageClient, Store<Written>>()

function deskOf(client: PageClient): Store<Written> {
  const found = desks.get(client) ?? createStore<Written>(new Map())
  desks.set(client, found)
  return found
}

/**
 * Edits of requests. Each dialect has requests of its own: a connection of another one starts from the logged call in its
 * words, and going back finds what was written before.
 */
export function useRequests(
  id: number,
  { connection, isKnown }: Pick<Connecting, 'connection' | 'isKnown'>,
): EditedRequest {
  const client = useClient()
  const profile = useMemo(() => connection && toProfile(connection), [connection])
  const base = useAsk('replay.request', isKnown ? { id, ...(profile ? { profile } : {}) } : null)
  const desk = deskOf(client)
  const written = useStore(desk)
  const [composed, setComposed] = useState<Composed>()
  const logged = base.data
  const dialect = logged?.dialect
  const key = keyOf(id, dialect)
  const requests = useMemo(() => logged && madeOf(logged.body, written.get(key)), [written, key, logged])
  const history = requests && currentOf(requests)
  const arrange = useCallback(
    (step: (requests: Requests) => Requests) => {
      if (!logged) return
      desk.update(old => {
        const before = madeOf(logged.body, old.get(key))
        const after = step(before)
        return after === before ? old : new Map(old).set(key, after)
      })
    },
    [desk, key, logged],
  )
  const draft = history?.now
  const edited = draft !== undefined && isEdited(draft)
  const to = JSON.stringify(profile ?? null)

  useEffect(() => {
    if (!draft || !edited || dialect === undefined) return undefined
    const abort = new AbortController()
    const compose = async () => {
      const asked = { id, ...changesOf(draft), ...(profile ? { profile } : {}) }
      try {
        const request = await client.ask('replay.request', asked, abort.signal)
        setComposed({ of: draft, to, request })
        // The host has the last word on what goes out.
        if (draft.written === undefined)
          arrange(old => changeCurrent(old, mine => (mine.now === draft ? settle(mine, request.body) : mine)))
      } catch (caught) {
        if (abort.signal.aborted || caught instanceof RequestCancelled) return
        const error = toRequestError(caught)
        setComposed(old => ({ ...(old?.request ? { request: old.request } : {}), of: draft, to, error }))
      }
    }
    const timer = setTimeout(() => void compose(), restsFor)
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [client, id, draft, edited, dialect, profile, to, arrange])

  const change = useCallback(
    (step: (history: History) => History) => arrange(old => changeCurrent(old, step)),
    [arrange],
  )
  const isMine = composed !== undefined && sameEdits(composed.of, draft) && composed.to === to
  return {
    request: edited && composed ? (composed.request ?? logged) : logged,
    isCurrent: edited ? isMine && composed.error === undefined : base.fresh,
    logged,
    history,
    change,
    requests,
    arrange,
    profile,
    error: edited ? (isMine ? composed.error : undefined) : base.error,
    again: base.again,
  }
}

/** What was written of another body that had this row is none of this call's. */
function madeOf(body: string, written: Requests | undefined): Requests {
  return written?.of === body ? written : startRequests(body)
}

function keyOf(id: number, dialect: DialectId | undefined): string {
  return `${id} ${dialect}`
}

/** Settled by the host, a draft has another text and the same edits. */
function sameEdits(a: Draft, b: Draft | undefined): boolean {
  return (
    b !== undefined && a.edits === b.edits && a.prompt === b.prompt && a.written === b.written && a.model === b.model
  )
}

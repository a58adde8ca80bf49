import { useCallback, useEffect, useRef, useState } from 'react'
import type { Input, Output, RequestName } from '../../shared/contract/index.ts'
import { useClient } from './client.ts'
import { RequestCancelled, toRequestError, type RequestError } from './request-error.ts'
import { useLatest } from './use-latest.ts'

export interface Asked<K extends RequestName> {
  /** The newest answer. Stays until a newer one is there, also when the input has changed meanwhile. */
  readonly data: Output<K> | undefined
  /** Whether `data` answers the input of this very render. */
  readonly fresh: boolean
  readonly error: RequestError | undefined
  /** A request has been running for 150 ms: dim what is old. */
  readonly slow: boolean
  readonly again: () => void
}

interface State<K extends RequestName> {
  readonly key: string
  readonly data: Output<K> | undefined
  readonly answered: string | undefined
  readonly error: RequestError | undefined
}

/** Milliseconds before old content dims: shorter waits are better not noticed. */
const dimAfter = 150

/**
 * Asks the inspector and keeps the answer. A new input cancels the request before it; null asks nothing. `live` asks
 * again whenever the store changed, at most once in half a second. A failed request is asked again when the process
 * that failed is back.
 */
export function useAsk<K extends RequestName>(
  name: K,
  input: Input<K> | null,
  options: { readonly live?: boolean } = {},
): Asked<K> {
  const client = useClient()
  const key = input === null ? '' : `${name} ${JSON.stringify(input)}`
  const [state, setState] = useState<State<K>>({ key: '', data: undefined, answered: undefined, error: undefined })
  const [round, setRound] = useState(0)
  const turn = `${round} ${key}`
  const [slowTurn, setSlowTurn] = useState<string>()
  const again = useCallback(() => setRound(n => n + 1), [])
  const latest = useLatest(input)
  /** The store changed since this was asked: what is live from its answer on is not told again. */
  const isOld = useRef(false)

  useEffect(() => {
    const asked = latest.current
    if (key === '' || asked === null) return undefined
    const abort = new AbortController()
    isOld.current = false
    const off = client.on('store.changed', () => {
      isOld.current = true
    })
    const dim = setTimeout(() => setSlowTurn(turn), dimAfter)
    client
      .ask(name, asked, abort.signal)
      .then(
        data => setState({ key, data, answered: key, error: undefined }),
        (caught: unknown) => {
          if (caught instanceof RequestCancelled || abort.signal.aborted) return
          setState(old => ({ ...old, key, error: toRequestError(caught) }))
        },
      )
      .finally(() => {
        clearTimeout(dim)
        setSlowTurn(slow => (slow === turn ? undefined : slow))
      })
      .catch(() => {})
    return () => {
      clearTimeout(dim)
      abort.abort()
      off()
    }
  }, [client, name, key, turn, latest])

  const failed = state.error !== undefined
  useEffect(() => {
    if (!failed) return undefined
    const offs = [
      client.on('process.state', event => event.process !== 'import' && event.state === 'running' && again()),
      client.onConnection(connected => connected && again()),
    ]
    return () => offs.forEach(off => off())
  }, [client, failed, again])

  const live = options.live === true
  useEffect(() => {
    if (!live) return undefined
    let timer: ReturnType<typeof setTimeout> | undefined
    const soon = () => {
      timer ??= setTimeout(() => {
        timer = undefined
        setRound(n => n + 1)
      }, 500)
    }
    if (isOld.current) soon()
    const off = client.on('store.changed', soon)
    return () => {
      clearTimeout(timer)
      off()
    }
  }, [client, live])

  return {
    data: state.data,
    fresh: state.answered === key && key !== '',
    error: state.key === key ? state.error : undefined,
    slow: slowTurn === turn && key !== '',
    again,
  }
}

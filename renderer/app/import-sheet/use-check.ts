import { useEffect, useState } from 'react'
import type { EventData } from '../../../shared/contract/index.ts'
import type { FieldMapping } from '../../../shared/domain/mapping.ts'
import { useClient, type CheckWanted, type ImportSource, type PageClient } from '../../state/client.ts'
import { toRequestError, type RequestError } from '../../state/request-error.ts'
import { useLatest } from '../../state/use-latest.ts'

export type Checked = EventData<'imports.checked'>
type Progress = EventData<'imports.checking'>

export interface Check {
  /** The newest answer; stays while another is on its way. */
  readonly checked: Checked | undefined
  readonly progress: Progress | undefined
  readonly running: boolean
  readonly error: RequestError | undefined
}

interface Wanted {
  /** Bytes of each file to look at; undefined is all. */
  readonly firstBytes: number | undefined
  readonly mapping: FieldMapping | undefined
}

interface State {
  /** What `progress`, `error` and `isOver` speak of. */
  readonly key: string
  readonly checked: Checked | undefined
  readonly progress: Progress | undefined
  readonly error: RequestError | undefined
  readonly isOver: boolean
}

/** Asks what an import of this would do, anew whenever the source or what is wanted changes. */
export function useCheck(source: ImportSource, { firstBytes, mapping }: Wanted): Check {
  const client = useClient()
  const wanted: CheckWanted = {
    ...(firstBytes === undefined ? {} : { firstBytes }),
    ...(mapping === undefined ? {} : { mapping }),
  }
  const key = JSON.stringify(wanted)
  const latest = useLatest(wanted)
  const [state, setState] = useState<State>({
    key,
    checked: undefined,
    progress: undefined,
    error: undefined,
    isOver: false,
  })
  useEffect(
    () =>
      follow(client, source, latest.current, {
        progress: progress => setState(old => ({ ...old, key, progress, error: undefined, isOver: false })),
        checked: checked => setState({ key, checked, progress: undefined, error: undefined, isOver: true }),
        failed: error => setState(old => ({ ...old, key, progress: undefined, error, isOver: true })),
      }),
    [client, source, key, latest],
  )
  const isMine = state.key === key
  return {
    checked: state.checked,
    progress: isMine ? state.progress : undefined,
    running: !isMine || !state.isOver,
    error: isMine ? state.error : undefined,
  }
}

interface Listener {
  readonly progress: (progress: Progress) => void
  readonly checked: (checked: Checked) => void
  readonly failed: (error: RequestError) => void
}

/** Starts a check and tells what becomes of it, until the function it answers is called: that stops it. */
function follow(client: PageClient, source: ImportSource, wanted: CheckWanted, tell: Listener): () => void {
  let mine: number | undefined
  let isOver = false
  // A small file is checked before the question is answered.
  const early = new Map<number, Checked>()
  const offs = [
    client.on('imports.checking', event => {
      if (event.check === mine) tell.progress(event)
    }),
    client.on('imports.checked', event => {
      if (mine === undefined) early.set(event.check, event)
      else if (event.check === mine) tell.checked(event)
    }),
  ]
  const stop = (check: number): void => {
    client.ask('imports.stopCheck', { check }).catch(() => {})
  }
  const begin = async (): Promise<void> => {
    const { check } = await client.checkFrom(source, wanted)
    if (isOver) {
      stop(check)
      return
    }
    mine = check
    const answer = early.get(check)
    if (answer) tell.checked(answer)
  }
  begin().catch((caught: unknown) => {
    if (!isOver) tell.failed(toRequestError(caught))
  })
  return () => {
    isOver = true
    offs.forEach(off => off())
    if (mine !== undefined) stop(mine)
  }
}

import { useEffect } from 'react'
import { useClient } from '../../../app/view.ts'

/** Asks again when connections, keys, the lock or answers changed: in this window, in another one or by what came back. */
export function useReplayChanged(again: () => void): void {
  const client = useClient()
  useEffect(() => client.on('replay.changed', again), [client, again])
}

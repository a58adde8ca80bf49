import { useState } from 'react'
import type { Connection } from '../../../../shared/contract/replay.ts'
import { useAsk, type Asked } from '../../../app/view.ts'
import { kept } from '../../../state/kept.ts'
import { useReplayChanged } from './use-replay-changed.ts'

const connectionKey = 'spanwise.replay.connection'

/** Where requests go, and what is known of that. */
export interface Connecting {
  readonly saved: Asked<'replay.profiles'>
  readonly lock: Asked<'replay.lock'>
  readonly connection: Connection | undefined
  /** Whether there is one is known: until then nothing is put together for it. */
  readonly isKnown: boolean
  /** One was just chosen that the host has not told of yet. */
  readonly isComing: boolean
  readonly choose: (name: string) => void
}

/** Where requests go: the connection that was chosen last, all that are saved, and whether anything may leave. */
export function useConnection(): Connecting {
  const saved = useAsk('replay.profiles', {})
  const lock = useAsk('replay.lock', {})
  useReplayChanged(saved.again)
  useReplayChanged(lock.again)
  const [chosen, setChosen] = useState(() => kept.getItem(connectionKey))
  const [toldBefore, setToldBefore] = useState<typeof saved.data>()
  const connection = saved.data?.profiles.find(({ name }) => name === chosen)
  return {
    saved,
    isComing: connection === undefined && toldBefore !== undefined && toldBefore === saved.data && !saved.error,
    isKnown: chosen === null || saved.data !== undefined || saved.error !== undefined,
    lock,
    connection,
    choose: (name: string) => {
      kept.setItem(connectionKey, name)
      setChosen(name)
      setToldBefore(saved.data)
      saved.again()
    },
  }
}

import { useState } from 'react'
import { useAsk } from '../../../app/view.ts'
import { kept } from '../../../state/kept.ts'

const connectionKey = 'spanwise.replay.connection'

/** Where requests go: the connection that was chosen last, all that are saved, and whether anything may leave. */
export function useConnection() {
  const saved = useAsk('replay.profiles', {})
  const lock = useAsk('replay.lock', {})
  const [chosen, setChosen] = useState(() => kept.getItem(connectionKey))
  return {
    saved,
    lock,
    connection: saved.data?.profiles.find(({ name }) => name === chosen),
    choose: (name: string) => {
      kept.setItem(connectionKey, name)
      setChosen(name)
      saved.again()
    },
  }
}

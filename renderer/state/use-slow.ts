import { useEffect, useState } from 'react'

/** Whether something has been going on for so long that it is worth saying: shorter waits are better not noticed. */
export function useSlow(going: boolean, after = 150): boolean {
  const [slow, setSlow] = useState(false)
  useEffect(() => {
    if (!going) return undefined
    const timer = setTimeout(() => setSlow(true), after)
    return () => {
      clearTimeout(timer)
      setSlow(false)
    }
  }, [going, after])
  return slow && going
}

import { useState } from 'react'

/** What was last there: it stays until what is asked next is answered. */
export function useLast<T>(now: T | undefined): T | undefined {
  const [last, setLast] = useState(now)
  if (now !== undefined && now !== last) setLast(now)
  return now ?? last
}

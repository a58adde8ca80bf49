import { useEffect, useState } from 'react'
import styles from '../replay.module.css'

/** Counts down to when the provider wants to be asked again. Nothing is sent by itself. */
export function Retry({ until }: { readonly until: number }) {
  const [now, setNow] = useState(() => Date.now())
  const left = Math.ceil((until - now) / 1000)
  useEffect(() => {
    if (left <= 0) return undefined
    const timer = setInterval(() => setNow(Date.now()), 500)
    return () => clearInterval(timer)
  }, [left])
  return (
    <p className={styles.note}>
      {left > 0
        ? `The provider asks to wait: ${left} s left. Nothing is sent again by itself.`
        : 'The time that the provider asked to wait is over: it can be sent again.'}
    </p>
  )
}

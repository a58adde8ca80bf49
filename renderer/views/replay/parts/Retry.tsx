import { useSecondsLeft } from '../model/use-seconds-left.ts'
import styles from '../replay.module.css'

/** Counts down to when the provider wants to be asked again. Nothing is sent by itself. */
export function Retry({ until }: { readonly until: number }) {
  const left = useSecondsLeft(until)
  return (
    <p className={styles.note}>
      {left > 0
        ? `The provider asks to wait: ${left} s left. Nothing is sent again by itself.`
        : 'The time that the provider asked to wait is over: it can be sent again.'}
    </p>
  )
}

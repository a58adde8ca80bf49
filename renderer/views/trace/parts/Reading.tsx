import { ProgressBar } from '../../../components/progress-bar/ProgressBar.tsx'
import { useSlow } from '../../../state/use-slow.ts'
import styles from '../trace.module.css'

/** Milliseconds after what is old was dimmed: 400 in all. */
const patience = 250

/** A line along the top, while the next trace has been on its way for so long that one would wonder. */
export function Reading({ slow }: { readonly slow: boolean }) {
  if (!useSlow(slow, patience)) return null
  return (
    <div className={styles.reading}>
      <ProgressBar label="Reading the trace" />
    </div>
  )
}

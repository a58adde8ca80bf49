import { RefreshCw } from 'lucide-react'
import type { Health } from '../../state/health.ts'
import styles from '../frame.module.css'

/** Stays up while something the window needs is away. What is on screen stays; the last question is asked again. */
export function HealthBanner({ health }: { readonly health: Health }) {
  const words = wordsFor(health)
  return (
    <div role="status" className={words ? styles.banner : undefined}>
      {words && (
        <>
          <RefreshCw aria-hidden="true" size={13} /> {words}
        </>
      )}
    </div>
  )
}

function wordsFor({ connected, restarting }: Health): string | undefined {
  if (!connected) return 'The Spanwise process is not answering. Trying again…'
  const engine = restarting.find(one => one.process !== 'import')
  if (engine) return `Reopening the store… ${engine.message}`
  const importing = restarting[0]
  return importing && `The import process stopped; what was committed is kept. ${importing.message}`
}

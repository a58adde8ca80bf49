import { FileDown } from 'lucide-react'
import { visibleLine } from '../../../shared/format/visible-text.ts'
import { navigate, useAsk } from '../../app/view.ts'
import { Button } from '../../components/button/Button.tsx'
import { ErrorNote } from '../../components/error-note/ErrorNote.tsx'
import { OpenActions } from '../../components/open-actions/OpenActions.tsx'
import { RecentStores } from './RecentStores.tsx'
import styles from './welcome.module.css'

/** The first page of a store without traces. The window takes drops everywhere; here it says so. */
export function WelcomeView() {
  const summary = useAsk('store.summary', {}, { live: true })
  const info = useAsk('app.info', {})
  if (summary.error) {
    return (
      <ErrorNote
        title="The store could not be opened."
        error={summary.error}
        retry={summary.again}
        actions={<Button onClick={() => navigate('/settings')}>Open another store</Button>}
      />
    )
  }
  // A store with traces shows its list in a moment; not knowing yet is no reason to flash this page.
  if (!summary.data || summary.data.traces > 0) return null
  return (
    <div className={styles.page}>
      <div className={styles.zone}>
        <FileDown aria-hidden="true" size={26} strokeWidth={1.5} className={styles.icon} />
        <h1 className={styles.title}>Drop a trace dump here</h1>
        <p className={styles.promise}>Nothing leaves this machine.</p>
        <div className={styles.actions}>
          <OpenActions />
        </div>
        <RecentStores />
      </div>
      {info.data && (
        <section className={styles.formats} aria-labelledby="formats">
          <h2 id="formats">Reads</h2>
          <ul>
            {info.data.formats.map(format => (
              <li key={format.id}>{visibleLine(format.label)}</li>
            ))}
          </ul>
          <p>
            Each of them packed with gzip, zstd, brotli or zip too. The content decides, never the file’s name. Several
            files or a whole folder at once are fine; what the store already has is not added twice.
          </p>
        </section>
      )}
    </div>
  )
}

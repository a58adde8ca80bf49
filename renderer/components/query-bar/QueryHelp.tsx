import { Dialog } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import { queryExamples, queryHelp } from '../../../shared/query/help.ts'
import { IconButton } from '../button/Button.tsx'
import dialog from '../dialog/dialog.module.css'
import styles from './query-help.module.css'

/** The language on a page: the same table as `spanwise help query`. */
export function QueryHelp({ close }: { readonly close: () => void }) {
  return (
    <Dialog.Root open onOpenChange={open => !open && close()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={dialog.backdrop} />
        <Dialog.Popup className={styles.help}>
          <div className={styles.head}>
            <Dialog.Title className={styles.title}>The query language</Dialog.Title>
            <Dialog.Close render={<IconButton label="Close" />}>
              <X />
            </Dialog.Close>
          </div>
          {/* Scrolls, so the keyboard has to reach it. */}
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
          <div className={styles.columns} tabIndex={0} role="region" aria-label="Fields and how they are written">
            <section className={styles.group}>
              <h3>For example</h3>
              <ul>
                {queryExamples.map(example => (
                  <li key={example}>
                    <code>{example}</code>
                  </li>
                ))}
              </ul>
            </section>
            {queryHelp.map(({ title, rows }) => (
              <section key={title} className={styles.group}>
                <h3>{title}</h3>
                <dl>
                  {rows.map(({ written, means }) => (
                    <div key={written} className={styles.row}>
                      <dt>
                        <code>{written}</code>
                      </dt>
                      <dd>{means}</dd>
                    </div>
                  ))}
                </dl>
              </section>
            ))}
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

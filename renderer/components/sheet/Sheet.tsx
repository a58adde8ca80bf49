import { Dialog } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { IconButton } from '../button/Button.tsx'
import dialog from '../dialog/dialog.module.css'
import { ScrollRegion } from '../scroll-region/ScrollRegion.tsx'
import styles from './sheet.module.css'

interface Props {
  readonly title: string
  /** What the text is, for whoever hears it. */
  readonly label: string
  readonly wide?: boolean
  /** Beside the title. */
  readonly head?: ReactNode
  /** Between the title and the text. */
  readonly note?: ReactNode
  readonly close: () => void
  readonly children: ReactNode
}

/** A page to look something up on, in columns: keys, the query language. */
export function Sheet({ title, label, wide = false, head, note, close, children }: Props) {
  return (
    <Dialog.Root open onOpenChange={open => !open && close()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={dialog.backdrop} />
        <Dialog.Popup className={styles.sheet} data-wide={wide || undefined}>
          <div className={styles.head}>
            <Dialog.Title className={styles.title}>{title}</Dialog.Title>
            {head}
            <Dialog.Close render={<IconButton label="Close" />}>
              <X />
            </Dialog.Close>
          </div>
          {note}
          <ScrollRegion className={styles.columns} label={label}>
            {children}
          </ScrollRegion>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

/** A part of it under a heading. */
export function SheetGroup({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className={styles.group}>
      <h3>{title}</h3>
      {children}
    </section>
  )
}

import { Dialog } from '@base-ui/react/dialog'
import type { ReactNode, RefObject } from 'react'
import dialog from '../dialog/dialog.module.css'
import styles from './export.module.css'

interface Props {
  readonly title: string
  /** What is being written; shutting the dialog stops it. */
  readonly stop: RefObject<AbortController | undefined>
  readonly close: () => void
  readonly children: ReactNode
}

/** Asks what a file should hold, and stays while it is written. */
export function WritingDialog({ title, stop, close, children }: Props) {
  return (
    <Dialog.Root
      open
      onOpenChange={isOpen => {
        if (isOpen) return
        stop.current?.abort()
        close()
      }}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className={dialog.backdrop} />
        <Dialog.Popup className={styles.dialog}>
          <Dialog.Title className={dialog.title}>{title}</Dialog.Title>
          {children}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

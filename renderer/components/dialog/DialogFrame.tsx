import { Dialog } from '@base-ui/react/dialog'
import type { ComponentProps, ReactNode } from 'react'
import styles from './dialog.module.css'

interface Props extends Pick<ComponentProps<typeof Dialog.Popup>, 'ref' | 'initialFocus'> {
  readonly title: string
  /** Its size and its distance from the top; without one it is small, for a name or a few words. */
  readonly className?: string | undefined
  /** Escape, a press beside it and `Dialog.Close` ask for it: the dialog is open for as long as it is rendered. */
  readonly close: () => void
  readonly children: ReactNode
}

/** What lies over the page with a title, and has to be answered or shut first. */
export function DialogFrame({ title, className = styles.small, close, children, ...popup }: Props) {
  return (
    <Dialog.Root open onOpenChange={isOpen => !isOpen && close()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={styles.backdrop} />
        <Dialog.Popup className={className} {...popup}>
          <Dialog.Title className={styles.title}>{title}</Dialog.Title>
          {children}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

import type { ReactNode, RefObject } from 'react'
import { DialogFrame } from '../dialog/DialogFrame.tsx'
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
    <DialogFrame
      title={title}
      className={styles.dialog}
      close={() => {
        stop.current?.abort()
        close()
      }}
    >
      {children}
    </DialogFrame>
  )
}

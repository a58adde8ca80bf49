import { OctagonAlert } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { visibleText } from '../../../shared/format/visible-text.ts'
import { Button } from '../button/Button.tsx'
import styles from './error-note.module.css'

interface Props {
  /** What could not be done: "The traces could not be listed." */
  readonly title: string
  readonly error: { readonly code: string; readonly message: string; readonly details?: string | undefined }
  readonly retry?: () => void
  readonly actions?: ReactNode
}

/** A failure in the place where the thing would be: what happened, what can be done, and a code to copy. */
export function ErrorNote({ title, error, retry, actions }: Props) {
  const [copied, setCopied] = useState(false)
  const copy = () => {
    const report = [`${error.code}: ${error.message}`, error.details].filter(Boolean).join('\n')
    navigator.clipboard.writeText(report).then(
      () => setCopied(true),
      () => setCopied(false),
    )
  }
  return (
    <div role="alert" className={styles.note}>
      <OctagonAlert className={styles.icon} aria-hidden="true" size={16} />
      <div className={styles.words}>
        <p className={styles.title}>{title}</p>
        <p className={styles.message}>{visibleText(error.message)}</p>
        <div className={styles.actions}>
          {retry && <Button onClick={retry}>Try again</Button>}
          {actions}
          <Button look="quiet" onClick={copy}>
            {copied ? 'Copied' : 'Copy'} <code>{error.code}</code>
          </Button>
        </div>
      </div>
    </div>
  )
}

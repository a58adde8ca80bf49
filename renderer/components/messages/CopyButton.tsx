import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { copyText } from './copy-text.ts'
import styles from './messages.module.css'

interface Props {
  /** Made when it is asked for: most copies are never made. */
  readonly text: () => string
  readonly label: string
}

export function CopyButton({ text, label }: Props) {
  const [done, setDone] = useState(false)
  useEffect(() => {
    if (!done) return undefined
    const timer = setTimeout(() => setDone(false), 1500)
    return () => clearTimeout(timer)
  }, [done])
  const onClick = () => {
    copyText(text()).then(
      () => setDone(true),
      () => setDone(false),
    )
  }
  return (
    <button
      type="button"
      className={styles.action}
      aria-label={done ? 'Copied' : label}
      title={label}
      onClick={onClick}
    >
      {done ? <Check size={12} aria-hidden /> : <Copy size={12} aria-hidden />}
    </button>
  )
}

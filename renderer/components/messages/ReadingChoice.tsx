import type { ReactNode } from 'react'
import { useStore } from '../../state/store.ts'
import styles from './messages.module.css'
import { read, reading } from './reading.ts'

/** Texts as Markdown, or as they are written: for all messages. */
export function ReadingChoice() {
  const { markdown } = useStore(reading)
  return (
    <span className={styles.choice} data-end role="group" aria-label="Texts">
      <Choice on={markdown} set={() => read({ markdown: true })} title="Texts with their Markdown read">
        Markdown
      </Choice>
      <Choice on={!markdown} set={() => read({ markdown: false })} title="Texts as they are written">
        Plain
      </Choice>
    </span>
  )
}

interface ChoiceProps {
  readonly on: boolean
  readonly set: () => void
  readonly title: string
  readonly children: ReactNode
}

export function Choice({ on, set, title, children }: ChoiceProps) {
  return (
    <button type="button" className={styles.action} aria-pressed={on} title={title} onClick={set}>
      {children}
    </button>
  )
}

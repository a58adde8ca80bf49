import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import styles from './empty-state.module.css'

interface Props {
  readonly icon?: LucideIcon
  readonly title: string
  /** Why it is empty, and what would change that. */
  readonly children?: ReactNode
  readonly actions?: ReactNode
}

/** The reason comes with the emptiness. */
export function EmptyState({ icon: Icon, title, children, actions }: Props) {
  return (
    <div className={styles.empty}>
      {Icon && <Icon className={styles.icon} aria-hidden="true" size={22} strokeWidth={1.5} />}
      <h1 className={styles.title}>{title}</h1>
      {children && <div className={styles.reason}>{children}</div>}
      {actions && <div className={styles.actions}>{actions}</div>}
    </div>
  )
}

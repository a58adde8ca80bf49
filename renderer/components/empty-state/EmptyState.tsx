import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import styles from './empty-state.module.css'

interface Props {
  readonly icon?: LucideIcon
  readonly title: string
  /** Why it is empty, and what would change that. */
  readonly children?: ReactNode
  readonly actions?: ReactNode
  /** Stands in a page that has a heading of its own. */
  readonly within?: boolean
}

/** The reason comes with the emptiness. */
export function EmptyState({ icon: Icon, title, children, actions, within = false }: Props) {
  const Title = within ? 'h2' : 'h1'
  return (
    <div className={styles.empty}>
      {Icon && <Icon className={styles.icon} aria-hidden="true" size={22} strokeWidth={1.5} />}
      <Title className={styles.title}>{title}</Title>
      {children && <div className={styles.reason}>{children}</div>}
      {actions && <div className={styles.actions}>{actions}</div>}
    </div>
  )
}

import type { SpanKind } from '../../../shared/domain/kind.ts'
import { kindColor } from './kinds.ts'
import { kindShapes } from './kind-shapes.ts'
import styles from './kind-icon.module.css'

interface Props {
  readonly kind: SpanKind
  /** Mostly the kind's word stands beside it or in the row's name. */
  readonly spoken?: boolean
  /** What it stands in has the kind's colour. */
  readonly inherits?: boolean
}

export function KindIcon({ kind, spoken = false, inherits = false }: Props) {
  return (
    <svg
      className={styles.icon}
      viewBox="0 0 24 24"
      {...(inherits ? {} : { style: { color: kindColor(kind) } })}
      {...(spoken ? { role: 'img', 'aria-label': kind } : { 'aria-hidden': true })}
    >
      <path d={kindShapes[kind]} />
    </svg>
  )
}

import type { SpanKind } from '../../../shared/domain/kind.ts'
import { kindColor, kindIcons } from './kinds.ts'

/** Spoken only with `spoken`: mostly the kind's word stands beside it or in the row's name. */
export function KindIcon(props: { readonly kind: SpanKind; readonly size?: number; readonly spoken?: boolean }) {
  const { kind, size = 13, spoken = false } = props
  const Icon = kindIcons[kind]
  return (
    <Icon
      size={size}
      strokeWidth={2}
      style={{ color: kindColor(kind), flex: 'none' }}
      {...(spoken ? { role: 'img', 'aria-label': kind } : { 'aria-hidden': true })}
    />
  )
}

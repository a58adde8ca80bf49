import type { SpanKind } from '../../../shared/domain/kind.ts'

/** Nothing is told by colour alone: a kind always has its icon or its word. */
export function kindColor(kind: SpanKind): string {
  return `var(--kind-${kind})`
}

import { memo } from 'react'
import type { SpanKind } from '../../../../shared/domain/kind.ts'
import { KindIcon } from '../../../components/kind/KindIcon.tsx'
import { kindColor } from '../../../components/kind/kinds.ts'
import { valueMark } from '../../../components/value/value-desk.ts'
import styles from './kind.module.css'

/** As short as a narrow tree needs. */
const words: { readonly [kind in SpanKind]: string } = {
  generation: 'gen',
  embedding: 'embed',
  retrieval: 'retr',
  reranker: 'rank',
  tool: 'tool',
  agent: 'agent',
  workflow: 'flow',
  chain: 'chain',
  guardrail: 'guard',
  evaluator: 'eval',
  prompt: 'prompt',
  memory: 'mem',
  other: 'other',
}

/** A kind is told by icon, word and colour together. */
export const Kind = memo(function Kind({ kind, long = false }: { readonly kind: SpanKind; readonly long?: boolean }) {
  return (
    <span
      className={styles.kind}
      style={{ color: kindColor(kind) }}
      data-long={long || undefined}
      data-title={kind}
      {...valueMark('kind', kind)}
    >
      <KindIcon kind={kind} inherits />
      {long ? kind : words[kind]}
    </span>
  )
})

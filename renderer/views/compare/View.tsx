import { ArrowLeftRight, GitCompareArrows } from 'lucide-react'
import { useMemo } from 'react'
import { visibleLine } from '../../../shared/format/visible-text.ts'
import { navigate, useBreadcrumb, useRoute } from '../../app/view.ts'
import { Button } from '../../components/button/Button.tsx'
import { EmptyState } from '../../components/empty-state/EmptyState.tsx'
import { ErrorNote } from '../../components/error-note/ErrorNote.tsx'
import { readCompared, type SpanAddress } from '../../state/compare-desk.ts'
import { useSlow } from '../../state/use-slow.ts'
import styles from './compare.module.css'
import { useCompared, type Compared } from './model/use-compared.ts'
import { Sides } from './Sides.tsx'

/** Two spans side by side. What is compared stands in the address, by the ids of the files: a link shows the same. */
export function CompareView() {
  const { query } = useRoute()
  const [wantedA, wantedB] = useMemo(() => [readCompared(query, 'a'), readCompared(query, 'b')], [query])
  const a = useCompared(wantedA)
  const b = useCompared(wantedB)
  const { found: left } = a
  const { found: right } = b
  const slow = useSlow(!left || !right)
  useBreadcrumb(left && right ? `${visibleLine(left.span.name, 40)} / ${visibleLine(right.span.name, 40)}` : undefined)
  if (!wantedA || !wantedB) {
    return (
      <EmptyState
        icon={GitCompareArrows}
        title="Nothing is marked to be compared"
        actions={<Button onClick={() => navigate('/calls')}>All calls</Button>}
      >
        <p>
          In a list press <kbd>c</kbd> on one call and again on another, or select two and press <kbd>c</kbd>. In a
          trace it is <kbd>Shift+D</kbd>. Messages, parameters, tools, usage, cost and latency of the two then stand
          side by side.
        </p>
      </EmptyState>
    )
  }
  if (a.missing || b.missing) return <Missing address={a.missing ? wantedA : wantedB} letter={a.missing ? 'A' : 'B'} />
  const failed = [a, b].find((one): one is Compared & { error: object } => one.error !== undefined)
  if (failed) return <ErrorNote title="The two could not be read." error={failed.error} retry={failed.again} />
  if (!left || !right) return slow ? <p className={styles.waiting}>Reading both…</p> : null
  return <Sides a={left} b={right} />
}

function Missing({ address, letter }: { readonly address: SpanAddress; readonly letter: string }) {
  return (
    <EmptyState
      icon={ArrowLeftRight}
      title={`${letter} is not in the store`}
      actions={<Button onClick={() => navigate('/calls')}>All calls</Button>}
    >
      No imported file has {address.spanId === undefined ? 'the trace' : 'the span'}{' '}
      <code>{visibleLine(address.spanId ?? address.traceId, 200)}</code>
      {address.spanId !== undefined && (
        <>
          {' '}
          in the trace <code>{visibleLine(address.traceId, 200)}</code>
        </>
      )}
      . It may stand in a file that is not imported, in another store, or its import was removed.
    </EmptyState>
  )
}

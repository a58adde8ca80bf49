import { SearchX } from 'lucide-react'
import type { Output } from '../../../shared/contract/index.ts'
import { formatPlural } from '../../../shared/format/numbers.ts'
import type { Listed } from '../../../shared/query/echo.ts'
import { textsAnywhere } from '../../../shared/query/edit.ts'
import { asksForTexts } from '../../../shared/query/hits.ts'
import { visibleLine } from '../../../shared/format/visible-text.ts'
import { useIndexStatus } from '../../state/index-status.ts'
import { questionOf } from '../../state/question.ts'
import { useAsk } from '../../state/use-ask.ts'
import { useState } from 'react'
import { Button } from '../button/Button.tsx'
import { EmptyState } from '../empty-state/EmptyState.tsx'
import styles from './empty-result.module.css'

interface Props {
  readonly of: Listed
  /** The query that found nothing. */
  readonly query: string
  /** Asks this instead. */
  readonly ask: (query: string) => void
}

/** Sessions are not counted by themselves: their traces are. */
const countedBy: { readonly [of in Listed]: { readonly by: 'traces' | 'spans' | 'calls'; readonly one: string } } = {
  traces: { by: 'traces', one: 'trace' },
  spans: { by: 'spans', one: 'span' },
  calls: { by: 'calls', one: 'call' },
  sessions: { by: 'traces', one: 'trace' },
}

type Clause = Output<'search.without'>['clauses'][number]

/** Nothing matches: which of the conditions is to blame, each with what would be found without it. */
export function EmptyResult({ of, query, ask }: Props) {
  const index = useIndexStatus()?.status.state ?? 'complete'
  const [where] = useState(() => ({ at: Date.now() }))
  const { data, fresh, error } = useAsk('search.without', { where: questionOf(query, where.at) })
  const clauses = fresh ? data?.clauses : undefined
  const counted = countedBy[of]
  const blamed = clauses?.filter(clause => clause[counted.by] > 0) ?? []
  const idle = (clauses?.length ?? 0) - blamed.length
  const anywhere = textsAnywhere(query)
  const conditions = clauses && clauses.length > 1 ? ` ${clauses.length} conditions` : ' this query'
  return (
    <EmptyState
      icon={SearchX}
      title={`No ${of} match${conditions}`}
      actions={<Button onClick={() => ask('')}>Clear the query</Button>}
    >
      {index !== 'complete' && asksForTexts(query) && (
        <p>
          {index === 'building' ? 'The text index is still being built' : `The text index is ${index}`}: what it has not
          read may match.
        </p>
      )}
      {!clauses && !error && <p className={styles.quiet}>Looking which condition is to blame…</p>}
      {error && <p className={styles.quiet}>Which condition is to blame could not be counted: {error.message}</p>}
      {blamed.length > 0 && (
        <ul className={styles.clauses} aria-label="What would match without one of the conditions">
          {blamed
            .toSorted((a, b) => b[counted.by] - a[counted.by])
            .map(clause => (
              <Without key={clause.from} clause={clause} of={of} ask={ask} />
            ))}
        </ul>
      )}
      {of === 'traces' && anywhere !== undefined && <Anywhere query={anywhere} at={where.at} ask={ask} />}
      {clauses && <p className={styles.quiet}>{verdict(clauses.length, blamed.length, idle)}</p>}
    </EmptyState>
  )
}

interface AnywhereProps {
  /** The query, each of its texts in any span of a trace. */
  readonly query: string
  readonly at: number
  readonly ask: (query: string) => void
}

/** Several texts ask for one span that holds them all; people often mean a trace. Offered where that finds some. */
function Anywhere({ query, at, ask }: AnywhereProps) {
  const { data, fresh } = useAsk('search.count', { where: questionOf(query, at) })
  if (!fresh || !data || data.traces === 0) return null
  return (
    <p className={styles.anywhere}>
      One span is asked to hold all of these texts; {formatPlural(data.traces, 'trace')}{' '}
      {data.traces === 1 ? 'holds them in any of its spans.' : 'hold them in any of their spans.'}
      <Button onClick={() => ask(query)}>Search whole traces</Button>
    </p>
  )
}

interface WithoutProps {
  readonly clause: Clause
  readonly of: Listed
  readonly ask: (query: string) => void
}

function Without({ clause, of, ask }: WithoutProps) {
  const { by, one } = countedBy[of]
  const shown = visibleLine(clause.clause, 200)
  return (
    <li className={styles.clause}>
      <span className={styles.words}>
        without <code>{shown}</code>
      </span>
      <span className={styles.count}>
        {formatPlural(clause[by], one)}
        {by === 'traces' && <span className={styles.quiet}> · {formatPlural(clause.spans, 'span')}</span>}
      </span>
      <Button onClick={() => ask(clause.query)} aria-label={`Remove ${shown}`}>
        Remove
      </Button>
    </li>
  )
}

function verdict(all: number, blamed: number, idle: number): string {
  if (all === 0) return 'It is the only condition: nothing in this store meets it.'
  if (blamed === 0) return 'Taking out any one of them changes nothing: at least two of them match nothing together.'
  if (idle === 0) return ''
  if (idle === 1) return 'The other one changes nothing.'
  return `The other ${idle} change nothing.`
}

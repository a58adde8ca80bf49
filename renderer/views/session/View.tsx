import { MessagesSquare } from 'lucide-react'
import { useCallback, useMemo, useRef, useState } from 'react'
import { clauseFor } from '../../../shared/query/edit.ts'
import { formatMoney, formatPlural, formatTokens } from '../../../shared/format/numbers.ts'
import { formatDateTime, formatDuration } from '../../../shared/format/times.ts'
import { costHelp } from '../../../shared/money/cost-words.ts'
import { visibleLine } from '../../../shared/format/visible-text.ts'
import {
  navigate,
  tracesMatching,
  useArrivalFocus,
  useAsk,
  useBreadcrumb,
  useClient,
  useCommands,
  type ViewProps,
} from '../../app/view.ts'
import { Button } from '../../components/button/Button.tsx'
import { EmptyState } from '../../components/empty-state/EmptyState.tsx'
import { ErrorNote } from '../../components/error-note/ErrorNote.tsx'
import { FarRows } from '../../components/far-rows/FarRows.tsx'
import { reading } from '../../components/messages/reading.ts'
import { ReadingChoice } from '../../components/messages/ReadingChoice.tsx'
import { ScrollRegion } from '../../components/scroll-region/ScrollRegion.tsx'
import { Value } from '../../components/value/Value.tsx'
import { questionOf } from '../../state/question.ts'
import { useStore } from '../../state/store.ts'
import { sessionCommands } from './commands.ts'
import styles from './session.module.css'
import { Strip } from './Strip.tsx'
import { createTranscript } from './transcript.ts'
import { TurnView } from './TurnView.tsx'
import { useTurnSteps } from './use-turn-steps.ts'

/** The conversation of a session, in time, whatever traces it is spread over. */
export function View({ params }: ViewProps) {
  const session = params.id ?? ''
  useBreadcrumb(visibleLine(session, 80))
  const [asked] = useState(() => Date.now())
  const where = useMemo(() => questionOf(clauseFor({ id: 'session' }, session), asked), [session, asked])
  const { data, error, again, slow } = useAsk('lists.totals', { list: 'traces', where }, { live: true })
  const traces = tracesMatching(clauseFor({ id: 'session' }, session))
  if (error) return <ErrorNote title="The session could not be read." error={error} retry={again} />
  if (!data) return slow ? <p className={styles.none}>Reading the session…</p> : null
  const { sums } = data
  if (sums.traces === 0) {
    return (
      <EmptyState
        icon={MessagesSquare}
        title="This session is not in the store"
        actions={<Button onClick={() => navigate('/sessions')}>All sessions</Button>}
      >
        No imported trace names the session <code>{visibleLine(session, 200)}</code>. It may stand in a file that is not
        imported, or its import was removed.
      </EmptyState>
    )
  }
  return (
    <div className={styles.view}>
      <header className={styles.head}>
        <h1 className={styles.title} title={visibleLine(session, 400)}>
          <Value field="session" value={session}>
            {visibleLine(session, 200)}
          </Value>
        </h1>
        <a href={`#${traces}`}>{formatPlural(sums.traces, 'trace')}</a>
        <span>{formatPlural(sums.calls, 'call')}</span>
        <span title="Tokens in and out, calls counted once">
          {formatTokens(sums.input)} → {formatTokens(sums.output)} tokens
        </span>
        <span title={sums.uncosted > 0 ? `${formatPlural(sums.uncosted, 'call')} without a cost` : costHelp}>
          {sums.cost === undefined ? 'cost —' : `${sums.uncosted > 0 ? '≥' : ''}${formatMoney(sums.cost)}`}
        </span>
        {sums.errors > 0 && (
          <a
            className={styles.failed}
            href={`#${tracesMatching(`trace:(${clauseFor({ id: 'session' }, session)}) is:error`)}`}
          >
            ✕ {formatPlural(sums.errors, 'error')}
          </a>
        )}
        {sums.from !== undefined && (
          <span className={styles.faint}>
            {formatDateTime(sums.from)}
            {sums.to !== undefined && sums.to > sums.from && `, over ${formatDuration(sums.to - sums.from)}`}
          </span>
        )}
        <ReadingChoice />
      </header>
      <Strip where={where} />
      {sums.calls === 0 ? (
        <EmptyState
          icon={MessagesSquare}
          title="No calls in this session"
          actions={<Button onClick={() => navigate(traces)}>Its traces</Button>}
        >
          Its traces hold no call of a model, so there is no conversation to show.
        </EmptyState>
      ) : (
        <Conversation key={`${session} ${sums.calls}`} session={session} calls={sums.calls} />
      )}
    </div>
  )
}

interface ConversationProps {
  readonly session: string
  readonly calls: number
}

/** Pixels of a turn before it is known. */
const guessed = 220

function Conversation({ session, calls }: ConversationProps) {
  const client = useClient()
  const { markdown } = useStore(reading)
  const pane = useRef<HTMLDivElement>(null)
  const [transcript] = useState(() => createTranscript(client, session))
  useArrivalFocus(pane)
  const openLink = useCallback((url: string) => void client.ask('links.open', { url }).catch(() => {}), [client])
  const guess = useCallback((from: number, to: number) => (to - from) * guessed, [])
  const step = useTurnSteps(pane, calls)
  useCommands(
    [
      { ...sessionCommands.next, run: () => step(1) },
      { ...sessionCommands.previous, run: () => step(-1) },
      {
        ...sessionCommands.open,
        when: () => document.activeElement?.matches('[data-turn]') === true,
        run: () => document.activeElement?.querySelector<HTMLElement>('[data-call]')?.click(),
      },
    ],
    { within: pane },
  )
  return (
    <ScrollRegion ref={pane} className={styles.conversation} data-pane="Conversation" label="Conversation">
      <FarRows count={calls} together={5} guess={guess}>
        {index => (
          <TurnView key={index} index={index} transcript={transcript} markdown={markdown} openLink={openLink} />
        )}
      </FarRows>
    </ScrollRegion>
  )
}

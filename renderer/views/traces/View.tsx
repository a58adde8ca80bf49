import { Rows3 } from 'lucide-react'
import { useCallback, useEffect, useMemo } from 'react'
import { formatCount, formatPlural } from '../../../shared/format/numbers.ts'
import { formatDuration } from '../../../shared/format/times.ts'
import { parseQuery } from '../../../shared/query/parse.ts'
import { announce } from '../../app/announce.ts'
import { adjustQuery, focusView, useAsk, useClient, useRoute, useRouteQuery } from '../../app/view.ts'
import { EmptyResult } from '../../components/empty-result/EmptyResult.tsx'
import { EmptyState } from '../../components/empty-state/EmptyState.tsx'
import { ErrorNote } from '../../components/error-note/ErrorNote.tsx'
import { OpenActions } from '../../components/open-actions/OpenActions.tsx'
import { ProgressBar } from '../../components/progress-bar/ProgressBar.tsx'
import { QueryBar } from '../../components/query-bar/QueryBar.tsx'
import { useImportActivity } from '../../state/import-desk.ts'
import { useStore } from '../../state/store.ts'
import { useSlow } from '../../state/use-slow.ts'
import { sortChoices } from './columns.tsx'
import { Grid } from './Grid.tsx'
import { listMemory } from './model/memory.ts'
import { nextSort, parseSort, printSort, type SortField } from './model/sort.ts'
import { rowAt, type TraceListState } from './model/trace-list.ts'
import styles from './traces.module.css'

/** The traces that match. Query and order stand in the address; place and cursor are kept for the way back. */
export function TracesView() {
  const client = useClient()
  const { list, inputs, place } = listMemory(client)
  const state = useStore(list)
  const importing = useImportActivity().running.length > 0
  const asked = useRoute().query.get('sort')
  const query = useRouteQuery()
  // A faulty one may come in a link: then what was shown stays, and the bar says what is wrong.
  const readable = useMemo(() => parseQuery(query.text).ok, [query.text])
  useEffect(() => {
    const sort = parseSort(asked)
    if (readable) list.want({ query: query.text, ...(sort ? { sort } : {}) })
    if (readable || list.get().shown !== undefined) list.show(0, 0)
  }, [list, asked, query.text, readable])
  useEffect(() => {
    // While another view was open nobody listened: what was kept may be old.
    const { total, pages } = list.get()
    const { active } = place.get()
    const row = rowAt(pages, active)
    if (total !== undefined) void list.refresh(row && active > 0 ? { id: row.id, index: active } : undefined)
  }, [list, place])
  useEffect(() => {
    if (!state.error) return undefined
    const again = () => void list.refresh(undefined)
    const offs = [
      client.on('process.state', event => event.process !== 'import' && event.state === 'running' && again()),
      client.onConnection(connected => connected && again()),
    ]
    return () => offs.forEach(off => off())
  }, [client, list, state.error])

  const sortBy = (field: SortField) => {
    const sort = nextSort(state.sort, field)
    adjustQuery({ sort: printSort(sort) })
    announce(`Sorted by ${field}, ${sort.descending ? 'descending' : 'ascending'}`)
  }
  const sortNamed = useCallback((sort: string) => adjustQuery({ sort }), [])
  const running = useSlow(state.resorting)
  const filtered = state.shown !== undefined && state.shown !== ''
  useEffect(() => {
    if (state.shown && state.total !== undefined) announce(formatPlural(state.total, 'trace'))
  }, [state.shown, state.total])
  return (
    <div className={styles.view}>
      <QueryBar
        of="traces"
        query={query}
        sorts={sortChoices}
        sortBy={sortNamed}
        running={running}
        cancel={list.cancel}
        leave={focusView}
        found={<Found state={state} importing={importing} again={() => list.want({})} />}
      />
      {state.error && (
        <ErrorNote
          title={
            state.total === undefined
              ? 'The traces could not be listed.'
              : 'The list could not be brought up to date; this is what it was.'
          }
          error={state.error}
          retry={() => void list.refresh(undefined)}
        />
      )}
      {!readable && state.shown === undefined && (
        <EmptyState icon={Rows3} title="This query cannot be read">
          Nothing was searched. The line above says where it goes wrong.
        </EmptyState>
      )}
      {state.total === 0 && !filtered && <NoTraces importing={importing} />}
      {state.total === 0 && filtered && <EmptyResult of="traces" query={state.shown} ask={query.commit} />}
      {state.total !== undefined && state.total > 0 && (
        <div className={styles.list} data-pane="Traces">
          <Grid list={list} inputs={inputs} state={state} sortBy={sortBy} />
        </div>
      )}
    </div>
  )
}

interface FoundProps {
  readonly state: TraceListState
  readonly importing: boolean
  readonly again: () => void
}

/** How many there are, of how many, and how long that took. */
function Found({ state, importing, again }: FoundProps) {
  const { total, shown, took, cancelled } = state
  const all = useAsk('store.summary', {}, { live: true }).data?.traces
  const filtered = shown !== undefined && shown !== ''
  return (
    <>
      {cancelled && (
        <span className={styles.muted}>
          Cancelled: this is the result before.{' '}
          <button type="button" className={styles.again} onClick={again}>
            Search again
          </button>{' '}
        </span>
      )}
      <h1>
        {total === undefined
          ? 'Traces'
          : filtered && all !== undefined
            ? `${formatCount(total)} of ${formatPlural(all, 'trace')}`
            : formatPlural(total, 'trace')}
      </h1>
      {filtered && took !== undefined && <span className={styles.muted}> · {formatDuration(took * 1000)}</span>}
      {importing && <span className={styles.muted}> importing, more are coming</span>}
    </>
  )
}

function NoTraces({ importing }: { readonly importing: boolean }) {
  if (importing) {
    return (
      <EmptyState icon={Rows3} title="The first traces are on their way">
        <ProgressBar label="Importing" />
      </EmptyState>
    )
  }
  return (
    <EmptyState icon={Rows3} title="This store has no traces" actions={<OpenActions />}>
      Drop a trace dump anywhere in this window, or open one.
    </EmptyState>
  )
}

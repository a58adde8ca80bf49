import { Rows3 } from 'lucide-react'
import { useEffect } from 'react'
import { formatPlural } from '../../../shared/format/numbers.ts'
import { announce } from '../../app/announce.ts'
import { adjustQuery, useClient, useRoute } from '../../app/view.ts'
import { EmptyState } from '../../components/empty-state/EmptyState.tsx'
import { ErrorNote } from '../../components/error-note/ErrorNote.tsx'
import { OpenActions } from '../../components/open-actions/OpenActions.tsx'
import { ProgressBar } from '../../components/progress-bar/ProgressBar.tsx'
import { useImportActivity } from '../../state/import-desk.ts'
import { useStore } from '../../state/store.ts'
import { Grid } from './Grid.tsx'
import { listMemory } from './model/memory.ts'
import { nextSort, parseSort, printSort, type SortField } from './model/sort.ts'
import { rowAt } from './model/trace-list.ts'
import styles from './traces.module.css'

/** Every trace of the store. The order stands in the address; place and cursor are kept for the way back. */
export function TracesView() {
  const client = useClient()
  const { list, inputs, place } = listMemory(client)
  const state = useStore(list)
  const importing = useImportActivity().running.length > 0
  const asked = useRoute().query.get('sort')
  useEffect(() => {
    const sort = parseSort(asked)
    if (sort) list.sortBy(sort)
    list.show(0, 0)
  }, [list, asked])
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
  return (
    <div className={styles.view}>
      <div className={styles.head}>
        <h1>{state.total === undefined ? 'Traces' : formatPlural(state.total, 'trace')}</h1>
        {importing && <span className={styles.muted}>importing, more are coming</span>}
      </div>
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
      {state.total === 0 && <NoTraces importing={importing} />}
      {state.total !== undefined && state.total > 0 && (
        <Grid list={list} inputs={inputs} state={state} sortBy={sortBy} />
      )}
    </div>
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

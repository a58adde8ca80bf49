import { Rows3 } from 'lucide-react'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { ListKind } from '../../../shared/contract/lists.ts'
import { relevance } from '../../../shared/query/list-columns.ts'
import { formatCount } from '../../../shared/format/numbers.ts'
import { asksForTexts } from '../../../shared/query/hits.ts'
import { parseQuery } from '../../../shared/query/parse.ts'
import { announce } from '../../app/announce.ts'
import {
  adjustQuery,
  focusView,
  navigate,
  useClient,
  useCommands,
  useDismiss,
  useRoute,
  useRouteQuery,
} from '../../app/view.ts'
import { EmptyResult } from '../../components/empty-result/EmptyResult.tsx'
import { EmptyState } from '../../components/empty-state/EmptyState.tsx'
import { ErrorNote } from '../../components/error-note/ErrorNote.tsx'
import { QueryBar } from '../../components/query-bar/QueryBar.tsx'
import { useImportActivity } from '../../state/import-desk.ts'
import { useStore } from '../../state/store.ts'
import { useSlow } from '../../state/use-slow.ts'
import { viewCommands } from './commands.ts'
import { Facets } from './facets/Facets.tsx'
import { Grid } from './Grid.tsx'
import { Histogram } from './histogram/Histogram.tsx'
import popup from '../../components/popup/popup.module.css'
import styles from './lists.module.css'
import { columnsOf } from './model/column-choice.ts'
import { groupColumns } from './model/columns.ts'
import { clauseOfGroup } from './model/group-clause.ts'
import { listMemory } from './model/memory.ts'
import { usePanels } from './model/panels.ts'
import { cellOf } from './model/page.ts'
import { anchorAt, rowAt } from './model/row-list.ts'
import { nothing } from './model/selection.ts'
import { bestFirst, largestGroupFirst, newestFirst, nextSort, parseSort, printSort } from './model/sort.ts'
import { ListColumnsMenu } from './parts/ListColumnsMenu.tsx'
import { Found } from './parts/Found.tsx'
import { GroupMenu } from './parts/GroupMenu.tsx'
import { KindSwitch } from './parts/KindSwitch.tsx'
import { NoRows } from './parts/NoRows.tsx'
import { SavedViews } from './parts/SavedViews.tsx'
import { Searching } from './parts/Searching.tsx'
import { SelectionBar } from './parts/SelectionBar.tsx'
import { TagDialog } from './parts/TagDialog.tsx'
import { Totals } from './parts/Totals.tsx'
import { failureWords, titles } from './model/titles.ts'
import { useColumns } from './use-columns.ts'
import { useListActions } from './use-list-actions.ts'
import { addClause } from '../../../shared/query/edit.ts'
import { ExportSelection } from './parts/ExportSelection.tsx'

/** A list under a query. Query, order and grouping stand in the address; place, cursor and selection are kept for the way back. */
export function ListView({ kind }: { readonly kind: ListKind }) {
  const client = useClient()
  const memory = listMemory(client, kind)
  const { list, place, selection, address } = memory
  const state = useStore(list)
  const chosen = useStore(selection)
  const importing = useImportActivity().running.length > 0
  const route = useRoute()
  const query = useRouteQuery()
  const [panels, setPanels] = usePanels()
  const [dialog, setDialog] = useState<'tag' | 'export' | 'save'>()
  const [tagged, setTagged] = useState(0)
  const columns = useColumns(memory)
  const group = route.query.get('group') ?? undefined
  const sorted = route.query.get('sort')
  const sort = useMemo(
    () => parseSort(sorted, group !== undefined) ?? (group === undefined ? newestFirst : largestGroupFirst),
    [sorted, group],
  )
  // A faulty one may come in a link: then what was shown stays, and the bar says what is wrong.
  const readable = useMemo(() => parseQuery(query.text).ok, [query.text])
  useEffect(() => {
    const now = JSON.stringify([query.text, sorted, group])
    // Another question: what was selected was selected of other rows.
    if (list.get().shown !== undefined && now !== address.get()) selection.set(nothing)
    address.set(now)
    if (readable) list.want({ query: query.text, sort, group, columns: columns.wanted })
    if (readable || list.get().shown !== undefined) list.show(0, 0)
  }, [list, address, selection, sort, sorted, group, query.text, readable, columns.wanted])
  useEffect(() => {
    // While another view was open nobody listened: what was kept may be old.
    const { total, pages } = list.get()
    const { active } = place.get()
    if (total !== undefined) void list.refresh(active > 0 ? anchorAt(pages, active) : undefined)
    memory.notes.refresh()
  }, [list, place, memory.notes])
  const { total } = state
  const searched = state.stopped ? undefined : state.searched
  const searching = searched !== undefined
  useEffect(() => {
    if (!searched) return undefined
    // What was found so far is shown; asking again reads on. Nobody asks: nobody reads.
    const { active } = place.get()
    const next = setTimeout(() => void list.refresh(active > 0 ? anchorAt(list.get().pages, active) : undefined), 20)
    return () => clearTimeout(next)
  }, [list, place, searched])
  const hasRows = total !== undefined && total > 0
  useEffect(() => {
    // Without a grid, which is not there before the first answer, nobody else listens.
    if (hasRows) return undefined
    const again = () => void list.refresh(undefined)
    const offs = [
      client.on('store.changed', again),
      client.on('notes.changed', again),
      client.on('index.progress', ({ state: index }) => index !== 'building' && !list.get().exact && again()),
    ]
    return () => offs.forEach(off => off())
  }, [client, list, hasRows])
  useEffect(() => {
    if (!state.error) return undefined
    const again = () => void list.refresh(undefined)
    const offs = [
      client.on('process.state', event => event.process !== 'import' && event.state === 'running' && again()),
      client.onConnection(connected => connected && again()),
    ]
    return () => offs.forEach(off => off())
  }, [client, list, state.error])

  const sortNamed = useCallback((printed: string) => adjustQuery({ sort: printed }), [])
  const grouped = state.shownGroup !== undefined
  const shownColumns = useMemo(
    () => (grouped ? groupColumns(state.shownGroup) : columnsOf(kind, columns.choice)),
    [grouped, state.shownGroup, kind, columns.choice],
  )
  const edit = query.commit
  const openGroup = (index: number) => {
    const row = rowAt(state.pages, index)
    const by = state.shownGroup
    if (!row || by === undefined) return
    const clause = clauseOfGroup(by, cellOf(row, 'value'))
    const params = new URLSearchParams(route.query)
    params.delete('group')
    params.delete('sort')
    if (clause !== undefined) params.set('q', addClause(query.text, clause))
    navigate(`${route.path}?${params.toString()}`)
  }
  const actions = useListActions({
    memory,
    columns: shownColumns,
    choose: columns.choose,
    sortBy: column => {
      const next = nextSort(sort, column.id, column.type === 'text')
      adjustQuery({ sort: printSort(next) })
      announce(`Sorted by ${column.label}, ${next.descending ? 'descending' : 'ascending'}`)
    },
    tag: index => {
      setTagged(index)
      setDialog('tag')
    },
  })
  const slow = useSlow(state.resorting)
  const running = slow || searching
  useDismiss(running, list.cancel)
  const filtered = state.shown !== undefined && state.shown !== ''
  const words = titles[kind]
  useEffect(() => {
    if (state.shown && total !== undefined && !searching) announce(words.count(total))
  }, [state.shown, total, words, searching])
  const active = chosen.type !== 'none'
  useDismiss(active, () => selection.set(nothing))
  useCommands([
    { ...viewCommands.facets, run: () => setPanels({ facets: !panels.facets }) },
    { ...viewCommands.histogram, run: () => setPanels({ histogram: !panels.histogram }) },
    { ...viewCommands.save, run: () => setDialog('save') },
    { ...viewCommands.export, when: () => (total ?? 0) > 0 && !grouped, run: () => setDialog('export') },
  ])
  const hasTexts = useMemo(() => asksForTexts(query.text), [query.text])
  const sorts = useMemo(() => {
    const byColumn = shownColumns.flatMap(({ id, label, spoken, sortable }) =>
      sortable ? [{ id, label: spoken ?? label }] : [],
    )
    return hasTexts && !grouped ? [...byColumn, { id: relevance, label: 'How well the texts match' }] : byColumn
  }, [shownColumns, hasTexts, grouped])
  const close = () => setDialog(undefined)
  const bar = useRef<HTMLDivElement>(null)
  return (
    <div className={styles.view}>
      <QueryBar
        of={kind}
        query={query}
        sorts={sorts}
        sortBy={sortNamed}
        running={running}
        cancel={list.cancel}
        leave={focusView}
        saved={
          <SavedViews
            kind={kind}
            state={state}
            sort={sort}
            choice={columns.choice}
            show={columns.show}
            saving={dialog === 'save'}
            save={open => setDialog(open ? 'save' : undefined)}
          />
        }
        found={<Found state={state} kind={kind} importing={importing} running={slow} again={() => list.want({})} />}
      />
      <div ref={bar} className={styles.tools} role="toolbar" aria-label={`${words.title}: what is shown`}>
        <KindSwitch kind={kind} query={query.text} />
        <div className={styles.toolEnd}>
          {hasTexts && group === undefined && (
            <button
              type="button"
              className={styles.tool}
              aria-pressed={sort.column === relevance}
              onClick={() => {
                const next = sort.column === relevance ? newestFirst : bestFirst
                adjustQuery({ sort: next === bestFirst ? printSort(next) : undefined })
                announce(next === bestFirst ? 'Sorted by relevance' : 'Sorted by start, newest first')
              }}
            >
              Best match first
            </button>
          )}
          <GroupMenu kind={kind} group={group} />
          {!grouped && <ListColumnsMenu memory={memory} columns={columns} />}
          <button
            type="button"
            className={popup.tool}
            aria-pressed={panels.facets}
            onClick={() => setPanels({ facets: !panels.facets })}
          >
            Facets
          </button>
          <button
            type="button"
            className={popup.tool}
            aria-pressed={panels.histogram}
            onClick={() => setPanels({ histogram: !panels.histogram })}
          >
            Histogram
          </button>
        </div>
      </div>
      {state.error && (
        <ErrorNote title={failureWords(kind, state)} error={state.error} retry={() => void list.refresh(undefined)} />
      )}
      {!readable && state.shown === undefined && (
        <EmptyState within icon={Rows3} title="This query cannot be read">
          Nothing was searched. The line above says where it goes wrong.
        </EmptyState>
      )}
      {panels.histogram && (total ?? 0) > 0 && state.searched === undefined && (
        <Histogram kind={kind} query={state.shown ?? ''} text={query.text} edit={edit} />
      )}
      <div className={styles.body}>
        {panels.facets && state.shown !== undefined && state.searched === undefined && (
          <Facets
            kind={kind}
            query={state.shown}
            text={query.text}
            edit={edit}
            close={() => setPanels({ facets: false })}
          />
        )}
        {total === 0 && !filtered && <NoRows kind={kind} importing={importing} />}
        {total === 0 && filtered && state.searched && (
          <Searching kind={kind} searched={state.searched} stopped={state.stopped} />
        )}
        {total === 0 && filtered && !state.searched && <EmptyResult of={kind} query={state.shown} ask={query.commit} />}
        {hasRows && (
          <div className={styles.list} data-pane={words.title}>
            <Grid
              key={grouped ? 'groups' : 'rows'}
              label={grouped ? `${words.title} by ${state.shownGroup}` : words.title}
              memory={memory}
              state={state}
              sort={state.sort}
              columns={shownColumns}
              usual={columns.choice === undefined}
              plain={grouped}
              open={grouped ? openGroup : actions.open}
              press={(index, how) => (grouped ? openGroup(index) : actions.press(index, how))}
              actions={actions}
            />
          </div>
        )}
      </div>
      {active && !grouped ? (
        <SelectionBar memory={memory} total={total ?? 0} open={setDialog} />
      ) : (
        <Totals kind={kind} query={state.searched ? undefined : state.shown} total={total} />
      )}
      {dialog === 'tag' && <TagDialog memory={memory} index={tagged} close={close} />}
      {dialog === 'export' && <ExportSelection memory={memory} close={close} />}
      <span className="spoken" role="status">
        {active ? `${formatCount(actions.count())} selected` : ''}
      </span>
    </div>
  )
}

import { Coins } from 'lucide-react'
import { useMemo } from 'react'
import { formatPlural } from '../../../shared/format/numbers.ts'
import { parseQuery } from '../../../shared/query/parse.ts'
import {
  adjustQuery,
  focusView,
  navigate,
  useAsk,
  useClient,
  useCommands,
  useRoute,
  useRouteQuery,
} from '../../app/view.ts'
import { announce } from '../../app/announce.ts'
import { EmptyResult } from '../../components/empty-result/EmptyResult.tsx'
import { EmptyState } from '../../components/empty-state/EmptyState.tsx'
import { ErrorNote } from '../../components/error-note/ErrorNote.tsx'
import { saveFile } from '../../components/export/save-file.ts'
import { copyText } from '../../components/messages/copy-text.ts'
import { OpenActions } from '../../components/open-actions/OpenActions.tsx'
import { QueryBar } from '../../components/query-bar/QueryBar.tsx'
import { questionOf, userZone } from '../../state/question.ts'
import { costCommands } from './commands.ts'
import styles from './costs.module.css'
import { labelOfField, readAddress } from './model/address.ts'
import { callsOf } from './model/clauses.ts'
import { toCsv, toJson, toMarkdown } from './model/export-table.ts'
import { periodBefore } from './model/period.ts'
import { useSuccess } from './model/use-success.ts'
import { useTable } from './model/use-table.ts'
import { Notes } from './parts/Notes.tsx'
import { Table } from './parts/Table.tsx'
import { Tools } from './parts/Tools.tsx'

const outcomeMeasures = ['outcomes', 'costPerOutcome'] as const

/** Where the money went. What is asked stands in the address, so that a link shows the same table. */
export function CostsView() {
  const client = useClient()
  const route = useRoute()
  const query = useRouteQuery()
  const address = useMemo(() => readAddress(route.query), [route.query])
  const success = useSuccess(address.success)
  const isReadable = useMemo(() => parseQuery(query.text).ok, [query.text])
  const { by, per, sort, versus } = address
  const show = useMemo(
    () =>
      success.queries ? [...address.show, ...outcomeMeasures.filter(one => !address.show.includes(one))] : address.show,
    [address.show, success.queries],
  )
  // Asked once a query: `now` stays as long as it does.
  const question = useMemo(() => questionOf(query.text), [query.text])
  const other = useMemo(
    () => (versus === 'previous' ? periodBefore(query.text, question.now) : versus),
    [versus, query.text, question],
  )
  const wanted = useMemo(() => {
    if (!isReadable || success.isLoading) return undefined
    const { query: successful, among } = success.queries ?? {}
    return {
      ...(query.text === '' ? {} : { where: question }),
      zone: userZone(),
      measures: show,
      sort: show.some(one => one === sort.by) || sort.by === 'key' ? sort : { by: 'key' as const, descending: false },
      ...(other !== undefined && parseQuery(other).ok ? { compare: questionOf(other) } : {}),
      ...(successful === undefined ? {} : { success: questionOf(successful) }),
      ...(among === undefined ? {} : { successAmong: questionOf(among) }),
    }
  }, [isReadable, query.text, question, show, sort, other, success])
  const table = useTable(by, per, wanted)
  const summary = useAsk('store.summary', {}, { live: true })
  const { all } = table

  const whole = async () => {
    if (!wanted) return undefined
    const answer = await client.ask('costs.table', { ...wanted, by, ...(per ? { per } : {}), limit: 100_000 })
    return { fields: per ? [...by, per] : [...by], show, answer }
  }
  const save = async (type: 'csv' | 'json') => {
    const exported = await whole()
    if (!exported) return
    const text = type === 'csv' ? toCsv(exported) : toJson(exported)
    saveFile(new Blob([text], { type: type === 'csv' ? 'text/csv' : 'application/json' }), `costs.${type}`)
    announce(`Saved ${formatPlural(exported.answer.keys.length, 'row')}`)
  }
  const copy = async () => {
    const exported = await whole()
    if (!exported) return
    await copyText(toMarkdown(exported))
    announce(`Copied ${formatPlural(exported.answer.keys.length, 'row')} as Markdown`)
  }
  const failed = (caught: unknown) => announce(caught instanceof Error ? caught.message : 'That did not work.')
  useCommands([
    { ...costCommands.exportCsv, run: () => void save('csv').catch(failed) },
    { ...costCommands.exportJson, run: () => void save('json').catch(failed) },
    { ...costCommands.copyMarkdown, run: () => void copy().catch(failed) },
  ])

  if (summary.data?.spans === 0 && all?.rows === 0) {
    return (
      <EmptyState icon={Coins} title="Nothing was spent yet" actions={<OpenActions />}>
        Open a dump, and what its calls cost stands here: by model, prompt version, feature, day.
      </EmptyState>
    )
  }
  return (
    <div className={styles.view}>
      <h1 className={styles.title}>Costs</h1>
      <QueryBar
        of="calls"
        query={query}
        found={all && table.isFresh ? formatPlural(all.calls, 'call') : undefined}
        running={isReadable && !table.isFresh && !table.error}
        leave={focusView}
      />
      <Tools
        address={address}
        success={success}
        hasPeriod={periodBefore(query.text, 0) !== undefined}
        saveCsv={() => void save('csv').catch(failed)}
        saveJson={() => void save('json').catch(failed)}
        copyMarkdown={() => void copy().catch(failed)}
      />
      {table.error && <ErrorNote title="The table could not be made." error={table.error} retry={table.again} />}
      {all && all.rows === 0 && !table.error && query.text !== '' ? (
        <EmptyResult of="calls" query={query.text} ask={query.commit} />
      ) : all && all.rows === 0 && !table.error ? (
        <EmptyState icon={Coins} title="No model calls here">
          The spans of this store call no model, so there is nothing to add up.
        </EmptyState>
      ) : (
        all && (
          <>
            <Table
              fields={by}
              per={per}
              show={show}
              sort={sort}
              table={table}
              dimmed={!table.isFresh}
              sortBy={column => {
                const descending = sort.by === column ? !sort.descending : column !== 'key'
                adjustQuery({ sort: `${descending ? '-' : ''}${column}` })
              }}
              openCalls={(key, measure) => {
                const { query: text } = callsOf(query.text, by, per, key, measure)
                navigate(text === '' ? '/calls' : `/calls?${new URLSearchParams({ q: text }).toString()}`)
              }}
            />
            <Notes
              answer={all}
              labels={all.overlaps.map(name => labelOfField(name) ?? name)}
              byTool={by.includes('tool')}
              other={other}
            />
          </>
        )
      )}
    </div>
  )
}

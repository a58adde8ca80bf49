import { Coins } from 'lucide-react'
import { lazy, Suspense, useMemo, useState } from 'react'
import type { ListValue } from '../../../shared/contract/lists.ts'
import { formatPlural } from '../../../shared/format/numbers.ts'
import { adjustQuery, focusView, navigate, useAsk, useRoute, useRouteQuery } from '../../app/view.ts'
import { EmptyResult } from '../../components/empty-result/EmptyResult.tsx'
import { EmptyState } from '../../components/empty-state/EmptyState.tsx'
import { ErrorNote } from '../../components/error-note/ErrorNote.tsx'
import { OpenActions } from '../../components/open-actions/OpenActions.tsx'
import { PriceRuleDialog, type PriceToWrite } from '../../components/price-rule/PriceRuleDialog.tsx'
import { QueryBar } from '../../components/query-bar/QueryBar.tsx'
import styles from './costs.module.css'
import { labelOfField, readAddress } from './model/address.ts'
import { callsOf } from './model/clauses.ts'
import { columnsOf, trend } from './model/columns.ts'
import { periodBefore } from './model/period.ts'
import { mostTrends } from './model/trends.ts'
import { useSuccess } from './model/use-success.ts'
import { useTable } from './model/use-table.ts'
import { useTrends } from './model/use-trends.ts'
import { Notes } from './parts/Notes.tsx'
import { Tools } from './parts/Tools.tsx'
import { Table } from './table/Table.tsx'
import { useCostColumns } from './use-cost-columns.ts'
import { useExports } from './use-exports.ts'
import { useWanted } from './use-wanted.ts'

/** What draws is loaded when somebody looks at a drawing. */
const ChartPane = lazy(async () => ({ default: (await import('./chart/ChartPane.tsx')).ChartPane }))
const LatencyPane = lazy(async () => ({ default: (await import('./latency/LatencyPane.tsx')).LatencyPane }))

/** What is asked while something else than the table is shown: how many calls match. */
const onlyCalls = ['calls'] as const
const noFields: readonly string[] = []

const outcomes = ['outcomes', 'costPerOutcome'].map(field => ({ field }))

/** Where the money went. What is asked stands in the address, so that a link shows the same table. */
export function CostsView() {
  const route = useRoute()
  const query = useRouteQuery()
  const address = useMemo(() => readAddress(route.query), [route.query])
  const success = useSuccess(address.success)
  const { by, per, sort, versus, view } = address
  const columns = useCostColumns(address.show)
  const { choice } = columns
  const isJudged = success.queries !== undefined
  const shown = useMemo(() => {
    const judged = isJudged ? outcomes.filter(one => !choice.some(({ field }) => field === one.field)) : []
    // Beside the cost, where they are in sight.
    const place = choice.findIndex(({ field }) => field === 'cost') + 1
    const all = columnsOf([...choice.slice(0, place), ...judged, ...choice.slice(place)], versus !== undefined)
    return per ? all.filter(({ id }) => id !== trend) : all
  }, [choice, isJudged, versus, per])
  const isTable = view === 'table'
  const measures = useMemo(
    () => (isTable ? shown.flatMap(({ id }) => (id === trend ? [] : id)) : onlyCalls),
    [isTable, shown],
  )
  const { wanted, other } = useWanted({ query: query.text, address, measures, success })
  const table = useTable(isTable ? by : noFields, isTable ? per : undefined, wanted)
  const summary = useAsk('store.summary', {}, { live: true })
  const { all } = table
  const hasTrends =
    isTable && shown.some(({ id }) => id === trend) && all !== undefined && all.rows <= mostTrends && table.isFresh
  const turn = hasTrends ? JSON.stringify([by, wanted?.where, all.calls, all.total[0]]) : undefined
  const trends = useTrends(by, wanted, table.open, turn)
  const exports = useExports(address, wanted)
  const [priced, setPriced] = useState<PriceToWrite>()

  if (summary.data?.spans === 0 && all?.calls === 0) {
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
        of={view === 'latency' ? 'spans' : 'calls'}
        query={query}
        found={all && table.isFresh && view !== 'latency' ? formatPlural(all.calls, 'call') : undefined}
        running={wanted !== undefined && !table.isFresh && !table.error}
        leave={focusView}
      />
      {view === 'chart' && (
        <Suspense fallback={null}>
          <ChartPane query={query.text} by={by} success={success.queries} />
        </Suspense>
      )}
      {view === 'latency' && (
        <Suspense fallback={null}>
          <LatencyPane query={query.text} />
        </Suspense>
      )}
      {isTable && (
        <Tools
          address={address}
          columns={columns}
          shown={shown}
          success={success}
          hasPeriod={periodBefore(query.text, wanted?.where?.now ?? 0) !== undefined}
          exports={exports}
        />
      )}
      {isTable && table.error && (
        <ErrorNote title="The table could not be made." error={table.error} retry={table.again} />
      )}
      {!isTable ? null : all && all.rows === 0 && !table.error && query.text !== '' ? (
        <EmptyResult of="calls" query={query.text} ask={query.commit} />
      ) : all && all.rows === 0 && !table.error ? (
        <EmptyState icon={Coins} title="No model calls here">
          The spans of this store call no model, so there is nothing to add up.
        </EmptyState>
      ) : (
        all &&
        (table.isFresh || !table.error) && (
          <>
            <Table
              fields={by}
              per={per}
              shown={shown}
              keyWidth={columns.keyWidth}
              sort={sort}
              table={table}
              trends={trends}
              dimmed={!table.isFresh}
              sortBy={(column, descending) => adjustQuery({ sort: `${descending ? '-' : ''}${column}` })}
              openCalls={(key, measure) => {
                const answers = [...table.groups.values()].flatMap(({ pages }) => [...pages.values()])
                const alike = new Set(answers.flatMap(one => one.alike ?? []))
                const { query: text } = callsOf(query.text, by, per, key, measure, alike)
                navigate(text === '' ? '/calls' : `/calls?${new URLSearchParams({ q: text }).toString()}`)
              }}
              addPrice={key => setPriced(modelOf(key, by))}
              choose={columns.choose}
            />
            <Notes
              answer={all}
              labels={all.overlaps.map(name => labelOfField(name) ?? name)}
              byTool={by.includes('tool')}
              other={other}
              unknownSuccess={isJudged ? undefined : success.chosen}
              isTimed={shown.some(({ id }) => id === 'speed' || id.startsWith('latency.'))}
              lacksTrends={all.rows > mostTrends && shown.some(({ id }) => id === trend)}
            />
          </>
        )
      )}
      {priced && <PriceRuleDialog price={priced} close={() => setPriced(undefined)} />}
    </div>
  )
}

/** Whose price a row lacks, as far as its keys say. */
function modelOf(key: readonly (ListValue | null)[], by: readonly string[]): PriceToWrite {
  const said = (field: string) => {
    const value = key[by.indexOf(field)]
    return value === null || value === undefined ? {} : { [field]: String(value) }
  }
  return { ...said('model'), ...said('provider') }
}

import { useEffect, useMemo, useState } from 'react'
import { parseQuery } from '../../../../shared/query/parse.ts'
import type { SuccessQueries } from '../../../../shared/query/success.ts'
import { announce } from '../../../app/announce.ts'
import { adjustQuery, useAsk, useClient, useCommands, useRoute } from '../../../app/view.ts'
import { chartCommands } from '../../../components/chart/commands.ts'
import { Button } from '../../../components/button/Button.tsx'
import { imageOf } from '../../../components/chart/image.ts'
import { ErrorNote } from '../../../components/error-note/ErrorNote.tsx'
import { saveFile } from '../../../components/export/save-file.ts'
import { questionOf } from '../../../state/question.ts'
import styles from '../costs.module.css'
import { readChartAddress } from './model/address.ts'
import type { Dense } from './model/notes.ts'
import { Drawing } from './parts/Drawing.tsx'
import { ChartTools } from './parts/ChartTools.tsx'
import own from './parts/parts.module.css'
import { usePointsChart, useSpreadChart, useTimeChart } from './use-chart.ts'

const mostScores = 50

interface Props {
  readonly query: string
  /** The fields of the table. */
  readonly by: readonly string[]
  readonly success: SuccessQueries | undefined
}

/** The calls of the query as a picture: over time, how much of something each has, or traces against a score. */
export function ChartPane({ query, by, success }: Props) {
  const route = useRoute()
  const address = useMemo(() => readChartAddress(route.query), [route.query])
  const asked = useMemo(
    () => ({
      query,
      where: parseQuery(query).ok ? questionOf(query) : undefined,
      success: success?.query === undefined ? undefined : questionOf(success.query),
      successAmong: success?.among === undefined ? undefined : questionOf(success.among),
    }),
    [query, success],
  )
  const { plot } = address
  const scores = useScores(plot === 'score')
  const score = address.score ?? scores?.[0]
  const time = useTimeChart(asked, address, plot === 'time')
  const spread = useSpreadChart(asked, address, plot === 'spread')
  const points = usePointsChart(asked, address, score, plot === 'score')
  const { chart, slow, error, again } = plot === 'time' ? time : plot === 'spread' ? spread : points
  const [asTable, setAsTable] = useState(false)

  const image = async (theme?: 'light') => chart && imageOf(chart.picture, [queryNote(query), ...chart.notes], theme)
  const save = (theme?: 'light') => {
    const work = async () => {
      const blob = await image(theme)
      if (!blob || !chart) return
      saveFile(blob, `${fileName(chart.picture.title)}.png`)
      announce('Saved the chart as a picture')
    }
    void work().catch(failed)
  }
  const copy = (theme?: 'light') => {
    const work = async () => {
      const blob = await image(theme)
      if (!blob) return
      await navigator.clipboard.write([new ClipboardItem({ 'image/png': blob })])
      announce('Copied the chart as a picture')
    }
    void work().catch(failed)
  }
  useCommands([
    { ...chartCommands.asTable, run: () => setAsTable(!asTable) },
    { ...chartCommands.save, when: () => chart !== undefined, run: () => save('light') },
    { ...chartCommands.copy, when: () => chart !== undefined, run: () => copy('light') },
  ])
  const isUnscored = plot === 'score' && scores?.length === 0 && score === undefined
  return (
    <>
      <ChartTools
        address={address}
        by={by}
        per={time.per}
        scores={scores ?? []}
        score={score}
        hasSuccess={success !== undefined}
        asTable={asTable}
        setAsTable={setAsTable}
        save={save}
        copy={copy}
      />
      {error && <ErrorNote title="The chart could not be made." error={error} retry={again} />}
      <section className={own.pane} aria-label="Chart" data-pane="Chart" data-old={slow || undefined}>
        {isUnscored && (
          <p className={own.empty}>No span here has a score. Scores come with a dump, or from a file of scores.</p>
        )}
        {!isUnscored && chart && (
          <>
            <Drawing chart={chart} asTable={asTable} leave={plot === 'score' ? points.leave : undefined} />
            {(chart.notes.length > 0 || chart.dense) && (
              <ul className={styles.notes} aria-label="About this chart">
                {chart.notes.map(note => (
                  <li key={note}>{note}</li>
                ))}
                {chart.dense && <DenseNote {...chart.dense} />}
              </ul>
            )}
          </>
        )}
      </section>
    </>
  )
}

function DenseNote({ note, label, query }: Dense) {
  return (
    <li>
      {note} <Button onClick={() => adjustQuery({ q: query }, { push: true })}>{label}</Button>
    </li>
  )
}

/** Names of scores, the most frequent first; undefined until known. */
function useScores(isOn: boolean): readonly string[] | undefined {
  const client = useClient()
  const input = isOn ? { field: 'score.', prefix: '', limit: mostScores } : null
  const { data, again } = useAsk('search.values', input, { live: true })
  useEffect(() => client.on('notes.changed', again), [client, again])
  return data?.values.map(({ value }) => value)
}

function queryNote(query: string): string {
  return query === '' ? 'All calls.' : `Calls of ${query}`
}

function fileName(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .slice(0, 80)
}

function failed(caught: unknown): void {
  announce(caught instanceof Error ? caught.message : 'That did not work.')
}

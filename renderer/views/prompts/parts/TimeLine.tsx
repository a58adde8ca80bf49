import { useMemo, useState } from 'react'
import type { Output } from '../../../../shared/contract/index.ts'
import { formatPlural } from '../../../../shared/format/numbers.ts'
import { formatDateTime } from '../../../../shared/format/times.ts'
import type { EvidenceMeasure } from '../../../../shared/prompts/measures.ts'
import { navigate } from '../../../app/view.ts'
import { Legend } from '../../../components/chart/Legend.tsx'
import { Numbers } from '../../../components/chart/Numbers.tsx'
import type { Picture, Spot } from '../../../components/chart/picture.ts'
import { Plot } from '../../../components/chart/Plot.tsx'
import { EmptyState } from '../../../components/empty-state/EmptyState.tsx'
import { ErrorNote } from '../../../components/error-note/ErrorNote.tsx'
import popup from '../../../components/popup/popup.module.css'
import { ScrollRegion } from '../../../components/scroll-region/ScrollRegion.tsx'
import { userZone } from '../../../state/question.ts'
import { callsMatching } from '../model/address.ts'
import { queryOf, type PairContext } from '../model/pair.ts'
import { measurePicture, trafficPicture } from '../model/time-pictures.ts'
import { nameWords, versionWords } from '../model/words.ts'
import styles from '../prompts.module.css'
import own from './time-line.module.css'
import { usePromptAsk } from '../use-prompt-ask.ts'

interface Props extends PairContext {
  readonly data: Output<'prompts.versions'>
}

/** Those whose course tells most; each is drawn where some call knows it. */
const drawn: readonly EvidenceMeasure[] = ['errors', 'latency.p50', 'output', 'cost']
/** Versions in a drawing: those with most calls. */
const top = 8

/** Which version was in use when, when it went over to another, and how the calls fared. */
export function TimeLine({ prompt, where, query, data: { versions, changes } }: Props) {
  const [asTable, setAsTable] = useState(false)
  const { data, error, again, slow } = usePromptAsk('prompts.series', {
    prompt,
    ...where,
    measures: [...drawn],
    zone: userZone(),
    top,
  })
  const titles = useMemo(() => new Map(versions.map(row => [row.version, versionWords(row)])), [versions])
  const traffic = useMemo(() => data && trafficPicture(data, changes, titles), [data, changes, titles])
  const pictures = useMemo(() => {
    if (!data) return []
    const size = (data.starts.length - 1) * data.versions.length
    return drawn.flatMap((measure, i) => {
      const isKnown = data.values.subarray(i * size, (i + 1) * size).some(value => !Number.isNaN(value))
      return isKnown ? [measurePicture(data, changes, titles, measure, i)] : []
    })
  }, [data, changes, titles])
  if (error) return <ErrorNote title="The time line could not be drawn." error={error} retry={again} />
  if (!data || !traffic) return slow ? <p className={styles.waiting}>Reading the time line…</p> : null
  if (data.starts.length < 2) {
    return (
      <EmptyState title="No call of this prompt is dated" within>
        Its files do not say when {data.undated === 1 ? 'its call was' : 'its calls were'} made.
      </EmptyState>
    )
  }
  const open = ({ part }: Spot) => {
    const row = versions.find(({ version }) => version === data.versions[part])
    if (row) navigate(callsMatching(queryOf(row, query)))
  }
  const left = [
    data.others > 0 ? `${formatPlural(data.others, 'call')} of other versions` : '',
    data.undated > 0 ? formatPlural(data.undated, 'undated call') : '',
  ].filter(Boolean)
  return (
    <ScrollRegion className={styles.page} data-pane="Time line" label="Time line">
      <div className={styles.bar}>
        <h2>{traffic.title}</h2>
        <button type="button" className={popup.tool} aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          As a table
        </button>
        {left.length > 0 && <span className={styles.faint}>Not drawn: {left.join(', ')}.</span>}
      </div>
      <Drawing picture={traffic} asTable={asTable} open={open} legend />
      <h2>Promotions and rollbacks</h2>
      {changes.length === 0 ? (
        <p className={styles.faint}>Most calls never went over from one version to another.</p>
      ) : (
        <ol className={own.events}>
          {changes.map(({ at, from, to, kind }) => (
            <li key={`${at} ${to}`}>
              <span className={styles.faint}>{formatDateTime(at).slice(0, 16)}</span>{' '}
              {kind === 'rollback' ? '↩ rolled back' : '↗ promoted'}: {titles.get(from) ?? nameWords(from)} →{' '}
              <b>{titles.get(to) ?? nameWords(to)}</b>
            </li>
          ))}
        </ol>
      )}
      <div className={own.multiples}>
        {pictures.map(picture => (
          <section key={picture.title} aria-label={picture.title}>
            <h2>{picture.title}</h2>
            <Drawing picture={picture} asTable={asTable} open={open} />
          </section>
        ))}
      </div>
    </ScrollRegion>
  )
}

interface DrawingProps {
  readonly picture: Picture
  readonly asTable: boolean
  readonly open: (spot: Spot) => void
  readonly legend?: boolean
}

/** Only this is made anew while a pointer moves. */
function Drawing({ picture, asTable, open, legend = false }: DrawingProps) {
  const [at, setAt] = useState<{ readonly of: Picture; readonly spot: Spot | undefined }>()
  const spot = at?.of === picture ? at.spot : undefined
  if (asTable) return <Numbers picture={picture} open={open} />
  return (
    <div className={own.drawing}>
      <Plot picture={picture} spot={spot} choose={next => setAt({ of: picture, spot: next })} open={open} />
      <p className={own.told} aria-hidden="true">
        {spot && picture.box(spot) ? picture.words(spot) : ''}
      </p>
      {legend && <Legend picture={picture} spot={spot} />}
    </div>
  )
}

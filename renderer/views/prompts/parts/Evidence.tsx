import type { EvidenceMeasured } from '../../../../shared/contract/prompt-evidence.ts'
import type { PromptVersionRow } from '../../../../shared/contract/prompts.ts'
import { formatCount, formatPlural, unknown } from '../../../../shared/format/numbers.ts'
import { visibleLine } from '../../../../shared/format/visible-text.ts'
import { EmptyState } from '../../../components/empty-state/EmptyState.tsx'
import { ErrorNote } from '../../../components/error-note/ErrorNote.tsx'
import { ScrollRegion } from '../../../components/scroll-region/ScrollRegion.tsx'
import { callsMatching } from '../model/address.ts'
import { queryOf, type PairContext } from '../model/pair.ts'
import { nameWords, printerOf, replayHelp, replayWords, versionWords } from '../model/words.ts'
import styles from '../prompts.module.css'
import { usePromptAsk } from '../use-prompt-ask.ts'

interface Props extends PairContext {
  readonly versions: readonly PromptVersionRow[]
}

/** What speaks for or against each version: every number with its interval and the calls it rests on. */
export function Evidence({ prompt, a, b, where, query, versions }: Props) {
  const { data, error, again, slow } = usePromptAsk('prompts.evidence', { prompt, ...where })
  if (error) return <ErrorNote title="The evidence could not be read." error={error} retry={again} />
  if (!data) return slow ? <p className={styles.waiting}>Adding up what is known of each version…</p> : null
  if (data.measures.length === 0) {
    return (
      <EmptyState title="Nothing is known of these calls" within>
        Their files say neither how they ended nor what they used, took or were worth.
      </EmptyState>
    )
  }
  const left = versions.length - data.versions.length
  // The newest first, as on the left.
  const shown = data.versions.toReversed().map(one => {
    const row = versions.find(({ version }) => version === one.version)
    return { ...one, row, side: row === undefined ? '' : row === b ? 'B' : row === a ? 'A' : '' }
  })
  return (
    <ScrollRegion className={styles.page} data-pane="Evidence" label="Evidence per version">
      <table className={styles.evidence} data-old={slow || undefined}>
        <caption className={styles.faint}>
          Each number with the interval that holds the true one in 95 of 100 cases, and the calls that know it.
        </caption>
        <thead>
          <tr>
            <th scope="col">Measure</th>
            {shown.map(({ version, row, side }) => (
              <th key={version ?? ''} scope="col">
                {side && <b className={styles.letter}>{side}</b>} {row ? versionWords(row) : nameWords(version)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">Calls</th>
            {shown.map(({ version, row, calls, replays, sessions }) => (
              <td key={version ?? ''}>
                {row ? <a href={`#${callsMatching(queryOf(row, query))}`}>{formatCount(calls)}</a> : formatCount(calls)}
                {replays !== undefined && <small title={replayHelp}>{replayWords({ calls, replays })}</small>}
                {sessions !== undefined && <small>in {formatPlural(sessions, 'session')}</small>}
              </td>
            ))}
          </tr>
          {data.measures.map((measure, i) => (
            <tr key={measure.name}>
              <th scope="row">{visibleLine(measure.label, 80)}</th>
              {shown.map(({ version, values }) => (
                <Cell key={version ?? ''} measure={measure} value={values[i]} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {left > 0 && <p className={styles.faint}>{formatPlural(left, 'version')} seen earlier are not listed.</p>}
    </ScrollRegion>
  )
}

interface CellProps {
  readonly measure: EvidenceMeasured
  readonly value:
    | undefined
    | {
        readonly calls: number
        readonly unknown: number
        readonly estimate?:
          | { readonly value: number; readonly interval: { readonly low: number; readonly high: number } }
          | undefined
      }
}

function Cell({ measure, value }: CellProps) {
  const { calls = 0, unknown: missing = 0, estimate } = value ?? {}
  const print = printerOf(measure.unit)
  const count = `n ${formatCount(calls)}`
  const why = missing > 0 ? `${formatPlural(missing, 'call')} do not say` : undefined
  if (!estimate) {
    return (
      <td title={why}>
        {unknown}
        <small>{calls === 0 ? 'not in the files' : `too few, ${count}`}</small>
      </td>
    )
  }
  const { low, high } = estimate.interval
  return (
    <td title={why}>
      {print(estimate.value)}
      <small>
        {print(low)} to {print(high)}, {count}
      </small>
    </td>
  )
}

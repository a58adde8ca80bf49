import { useMemo } from 'react'
import type { Comparison } from '../../../../shared/contract/prompt-evidence.ts'
import { formatCount, formatPlural } from '../../../../shared/format/numbers.ts'
import { visibleLine } from '../../../../shared/format/visible-text.ts'
import { replaysOfSides } from '../../../../shared/prompts/replay-words.ts'
import { EmptyState } from '../../../components/empty-state/EmptyState.tsx'
import { ErrorNote } from '../../../components/error-note/ErrorNote.tsx'
import { CopyButton } from '../../../components/messages/CopyButton.tsx'
import { ScrollRegion } from '../../../components/scroll-region/ScrollRegion.tsx'
import { callsMatching } from '../model/address.ts'
import { queryOf, type PairContext } from '../model/pair.ts'
import { outcomeHelp, outcomeSigns, summaryWords, verdictLines, type VerdictLine } from '../model/verdicts.ts'
import { promptWords, versionWords } from '../model/words.ts'
import styles from '../prompts.module.css'
import { usePromptAsk } from '../use-prompt-ask.ts'

/** Whether B is better than A, in plain words, with what it rests on and what else may be the cause. */
export function ComparisonPane({ prompt, a, b, where, query }: PairContext) {
  const { data, error, again, slow } = usePromptAsk(
    'prompts.compare',
    a && b ? { a: { prompt, version: a.version }, b: { prompt, version: b.version }, ...where } : null,
  )
  const lines = useMemo(() => (data ? verdictLines(data) : []), [data])
  const matched = useMemo(() => (data?.matched ? verdictLines(data.matched) : []), [data])
  if (!a || !b) {
    return (
      <EmptyState title="There is one version only" within>
        A comparison needs two. Another version stands here once its calls are imported.
      </EmptyState>
    )
  }
  if (error) return <ErrorNote title="The two could not be compared." error={error} retry={again} />
  if (!data) return slow ? <p className={styles.waiting}>Comparing all calls of both…</p> : null
  const summary = summaryWords(lines)
  const sent = replaysOfSides(data.replays, ['of A', 'of B'])
  const copied = () =>
    [
      `${promptWords(prompt)}: ${versionWords(b)} after ${versionWords(a)}. ${summary}`,
      ...(sent === undefined ? [] : [sent]),
      ...lines.map(({ label, sentence }) => `- ${label}: ${sentence}`),
      ...data.confounders.map(one => `- Also different: ${confounderWords(one)}`),
    ].join('\n')
  return (
    <ScrollRegion className={styles.page} data-pane="Comparison" label="Comparison" data-old={slow || undefined}>
      <p className={styles.summary}>
        <strong>
          {versionWords(b)} after {versionWords(a)}:
        </strong>{' '}
        {summary} <CopyButton text={copied} label="Copy the comparison as text" />
      </p>
      <p className={styles.faint}>
        A: <a href={`#${callsMatching(queryOf(a, query))}`}>{formatPlural(data.calls.a, 'call')}</a>, B:{' '}
        <a href={`#${callsMatching(queryOf(b, query))}`}>{formatPlural(data.calls.b, 'call')}</a>
        {data.both > 0 && `, ${formatCount(data.both)} of them on both sides`}. Better and worse are said only where
        chance hardly explains the difference, over all measures together.
      </p>
      {sent !== undefined && <p>{sent}</p>}
      <Confounders of={data.confounders} />
      <Verdicts lines={lines} label="Measures of A and B" />
      <h2>On equal inputs</h2>
      {data.matched ? (
        <>
          <p className={styles.faint}>
            {formatPlural(data.matched.pairs, 'input')} that both versions met: there the traffic is no excuse.{' '}
            {summaryWords(matched)}
          </p>
          <Verdicts lines={matched} label="Measures on equal inputs" />
        </>
      ) : (
        <p className={styles.faint}>
          The two met fewer than two equal inputs, so this cannot be told apart from traffic.
        </p>
      )}
    </ScrollRegion>
  )
}

function Verdicts({ lines, label }: { readonly lines: readonly VerdictLine[]; readonly label: string }) {
  return (
    <table className={styles.verdicts} aria-label={label}>
      <thead>
        <tr>
          <th scope="col">Measure</th>
          <th scope="col">Verdict</th>
          <th scope="col">A</th>
          <th scope="col">B</th>
          <th scope="col">B less A, 95 % interval</th>
          <th scope="col">n of A / B</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ name, label: measure, outcome, a, b, difference, calls, sentence }) => (
          <tr key={name} title={sentence}>
            <th scope="row">{visibleLine(measure, 80)}</th>
            <td data-outcome={outcome} title={outcomeHelp[outcome]}>
              {outcomeSigns[outcome]}
            </td>
            <td>{a}</td>
            <td>{b}</td>
            <td>{difference}</td>
            <td>{calls}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Confounders({ of }: { readonly of: Comparison['confounders'] }) {
  if (of.length === 0) {
    return (
      <p className={styles.faint}>Models, parameters, tools and traffic of both are alike, as far as the files say.</p>
    )
  }
  return (
    <section className={styles.confounders} aria-label="What else differs">
      <h2>What else differs, and may be the cause</h2>
      <ul>
        {of.map(one => (
          <li key={one.field}>{confounderWords(one)}</li>
        ))}
      </ul>
    </section>
  )
}

/** "Model: gpt-4o 100 % → 20 %, gpt-5 0 % → 80 %". */
function confounderWords({ label, values }: Comparison['confounders'][number]): string {
  const percent = (share: number) => `${Math.round(share * 100)} %`
  const told = values
    .slice(0, 4)
    .map(({ value, a, b }) => `${value === null ? 'not said' : visibleLine(value, 60)} ${percent(a)} → ${percent(b)}`)
  const left = values.length - told.length
  return `${label}: ${told.join(', ')}${left > 0 ? ` and ${left} more` : ''}`
}

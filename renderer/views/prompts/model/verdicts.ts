import type { Comparison, EvidenceMeasured } from '../../../../shared/contract/prompt-evidence.ts'
import { formatCount } from '../../../../shared/format/numbers.ts'
import { printerOf, signed } from './words.ts'

type Verdict = Comparison['verdicts'][number]
export type Outcome = Verdict['outcome']

/** The ones that ask for attention first. */
export const outcomes: readonly Outcome[] = ['worse', 'better', 'changed', 'no evidence', 'not enough data']

export const outcomeSigns: Readonly<Record<Outcome, string>> = {
  worse: '▼ Worse',
  better: '▲ Better',
  changed: '◆ Changed',
  'no evidence': '= No evidence',
  'not enough data': '… Not enough data',
}

export const outcomeHelp: Readonly<Record<Outcome, string>> = {
  worse: 'The difference is larger than chance explains, and this way is worse.',
  better: 'The difference is larger than chance explains, and this way is better.',
  changed: 'The difference is larger than chance explains; nobody said which way is good.',
  'no evidence': 'The calls do not show a difference. That is no proof that there is none.',
  'not enough data': 'There are too few calls, or they differ too much, to say anything.',
}

export interface VerdictLine {
  readonly name: string
  readonly label: string
  readonly outcome: Outcome
  readonly a: string
  readonly b: string
  /** B less A, with where the true difference lies. */
  readonly difference: string
  /** Calls that know, of A and of B. */
  readonly calls: string
  /** All of it as a sentence. */
  readonly sentence: string
}

type Judged = Pick<Comparison, 'measures' | 'verdicts' | 'sentences'>

/** A verdict a line, in the order in which they matter. */
export function verdictLines({ measures, verdicts, sentences }: Judged): readonly VerdictLine[] {
  return measures
    .flatMap((measure, i) => {
      const verdict = verdicts[i]
      return verdict ? [lineOf(measure, verdict, sentences[i] ?? '')] : []
    })
    .toSorted((one, other) => outcomes.indexOf(one.outcome) - outcomes.indexOf(other.outcome))
}

function lineOf(measure: EvidenceMeasured, { outcome, a, b, difference }: Verdict, sentence: string): VerdictLine {
  const print = printerOf(measure.unit)
  const said = (value: number | undefined) => (value === undefined ? '—' : print(value))
  return {
    name: measure.name,
    label: measure.label,
    outcome,
    a: said(a.estimate?.value),
    b: said(b.estimate?.value),
    difference: difference
      ? `${signed(difference.value, print)} (${signed(difference.interval.low, print)} to ${signed(difference.interval.high, print)})`
      : outcome === 'not enough data'
        ? sentence.replace(/^Not enough data: /, '')
        : '—',
    calls: `${formatCount(a.calls)} / ${formatCount(b.calls)}`,
    sentence,
  }
}

/** "Better: Helpfulness. No evidence: 8. Not enough data: 3." Measures are named where something was found. */
export function summaryWords(lines: readonly VerdictLine[]): string {
  return outcomes
    .flatMap(outcome => {
      const of = lines.filter(line => line.outcome === outcome)
      if (of.length === 0) return []
      const word = outcome.charAt(0).toUpperCase() + outcome.slice(1)
      const isFound = outcome === 'worse' || outcome === 'better' || outcome === 'changed'
      return [`${word}: ${isFound ? of.map(({ label }) => label).join(', ') : `${of.length} of ${lines.length}`}.`]
    })
    .join(' ')
}

import { compareMeans } from './compare-means.ts'
import { comparePairs, type Pairs } from './compare-pairs.ts'
import { comparePercentiles } from './compare-percentiles.ts'
import { compareShares } from './compare-shares.ts'
import type { Finding, Lack, Options } from './finding.ts'
import { holm } from './holm.ts'
import type { Sample } from './sample.ts'

/** What two versions are compared by. */
export type Metric = {
  readonly name: string
  /** What is better: less of costs, times and errors, more of scores. Absent: nobody knows, and a change is a change. */
  readonly better?: 'less' | 'more'
  /** The smallest difference that matters, in the metric's own unit. Where given, "no evidence" means that there is less. */
  readonly relevant?: number
} & (
  | { readonly quantity: 'share' | 'mean'; readonly a: Sample; readonly b: Sample }
  | { readonly quantity: 'percentile'; readonly percentile: number; readonly a: Sample; readonly b: Sample }
  | { readonly quantity: 'paired share' | 'paired mean' | 'paired median'; readonly pairs: Pairs }
)

export type Outcome = 'better' | 'worse' | 'changed' | 'no evidence' | 'not enough data'

/** Whether b is better than a, and all that this rests on. */
export interface Verdict extends Finding {
  readonly name: string
  readonly outcome: Outcome
  /** How often the intervals hold the true number. */
  readonly level: number
  /** p after Holm's correction for all metrics that were asked together. */
  readonly adjustedP?: number
  /** Over how many metrics. */
  readonly together: number
}

/** One metric by itself. Whoever looks at several asks for all of them together. */
export function verdict(metric: Metric, options: Options = {}): Verdict {
  return verdicts([metric], options)[0]!
}

/** Many metrics of the same two versions. Those without enough data ask nothing and cost the others nothing. */
export function verdicts(metrics: readonly Metric[], options: Options = {}): Verdict[] {
  const work = verdictsInTurns(metrics, options)
  for (;;) {
    const step = work.next()
    if (step.done) return step.value
  }
}

/** The same, a metric at a time: others may have their turns in between. */
export function* verdictsInTurns(metrics: readonly Metric[], options: Options = {}): Generator<void, Verdict[]> {
  const level = options.level ?? 0.95
  const findings: Finding[] = []
  for (const metric of metrics) {
    findings.push(findingOf(metric, options))
    yield
  }
  const asked = findings.flatMap(({ p }, i) => (p === undefined ? [] : [{ i, p }]))
  const adjusted = new Map(holm(asked.map(({ p }) => p)).map((p, k) => [asked[k]!.i, p]))
  return metrics.map((metric, i) => {
    const finding = findings[i]!
    const adjustedP = adjusted.get(i)
    const lack = finding.lack ?? (isSure(finding, adjustedP, level) ? undefined : tooWide(metric, finding))
    return {
      name: metric.name,
      ...finding,
      ...(lack && { lack }),
      outcome: lack ? 'not enough data' : outcomeOf(metric, finding, isSure(finding, adjustedP, level)),
      level,
      ...(adjustedP !== undefined && { adjustedP }),
      together: asked.length,
    }
  })
}

const paired = { 'paired share': 'share', 'paired mean': 'mean', 'paired median': 'median' } as const

function findingOf(metric: Metric, options: Options): Finding {
  switch (metric.quantity) {
    case 'share':
      return compareShares(metric.a, metric.b, options)
    case 'mean':
      return compareMeans(metric.a, metric.b, options)
    case 'percentile':
      return comparePercentiles(metric.a, metric.b, metric.percentile, options)
    default:
      return comparePairs(metric.pairs, paired[metric.quantity], options)
  }
}

/** Test and interval must agree: they rest on different approximations, and who reads sees both. */
function isSure({ difference }: Finding, adjustedP: number | undefined, level: number): boolean {
  if (!difference || adjustedP === undefined) return false
  const { low, high } = difference.interval
  return adjustedP <= 1 - level + 1e-12 && (low > 0 || high < 0)
}

function outcomeOf({ better }: Metric, { difference }: Finding, isSure: boolean): Outcome {
  if (!isSure || !difference) return 'no evidence'
  if (!better) return 'changed'
  return difference.value > 0 === (better === 'more') ? 'better' : 'worse'
}

function tooWide({ relevant }: Metric, { difference }: Finding): Lack | undefined {
  if (relevant === undefined || !difference) return undefined
  const { low, high } = difference.interval
  return low < -relevant || high > relevant ? { code: 'too-wide', relevant } : undefined
}

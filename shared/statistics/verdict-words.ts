import type { Lack, Side } from './finding.ts'
import type { Estimate } from './interval.ts'
import type { Verdict } from './verdict.ts'

/** How a number of the metric reads: "12.5 %", "$0.002", "1.2 s". A difference has a sign of its own. */
export type Format = (value: number) => string

/**
 * A verdict as a sentence, with all that it rests on: "Worse: 9.1 % after 4.2 % (difference +4.9 %, 95 % interval +3.1 % to
 * +6.8 %; two proportions, p < 0.001 over 9 metrics; 1,200 and 1,180 calls in 310 and 295 clusters)."
 */
export function verdictWords(verdict: Verdict, format: Format): string {
  const { outcome, a, b, difference, lack } = verdict
  const what = outcome.charAt(0).toUpperCase() + outcome.slice(1)
  if (lack && !difference) return `${what}: ${lackWords(lack, format)}.`
  const sides = a.estimate && b.estimate ? `${format(b.estimate.value)} after ${format(a.estimate.value)}` : undefined
  const rests = [difference && differenceWords(verdict, difference, format), testWords(verdict), countWords(a, b)]
  const head = [lack && lackWords(lack, format), sides].filter(Boolean).join('; ')
  return `${what}: ${head} (${rests.filter(Boolean).join('; ')}).`
}

function differenceWords({ level }: Verdict, { value, interval: { low, high } }: Estimate, format: Format): string {
  const signed = (x: number) => (x < 0 ? `−${format(-x)}` : `+${format(x)}`)
  const percent = Number((level * 100).toPrecision(4))
  return `difference ${signed(value)}, ${percent} % interval ${signed(low)} to ${signed(high)}`
}

function testWords({ test, adjustedP, together }: Verdict): string | undefined {
  if (!test || adjustedP === undefined) return undefined
  const p = adjustedP < 0.001 ? 'p < 0.001' : `p = ${adjustedP.toFixed(3)}`
  return `${test}, ${p}${together > 1 ? ` over ${together} metrics` : ''}`
}

function countWords(a: Side, b: Side): string {
  const count = (n: number) => n.toLocaleString('en-US')
  const calls = `${count(a.calls)} and ${count(b.calls)} calls`
  if (a.clusters === undefined || b.clusters === undefined) return calls
  return `${calls} in ${count(a.clusters)} and ${count(b.clusters)} clusters`
}

function lackWords(lack: Lack, format: Format): string {
  switch (lack.code) {
    case 'few-calls':
      return `${lack.has} of at least ${lack.least} independent calls`
    case 'few-clusters':
      return `${lack.has} of at least ${lack.least} clusters`
    case 'no-such-percentile':
      return 'a percentile lies between 0 and 100'
    case 'too-large':
      return 'numbers too large to compute with'
    default:
      return `both no difference and one of ${format(lack.relevant)} agree with the data`
  }
}

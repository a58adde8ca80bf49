import {
  pointMeasures,
  spreadFields,
  type PointMeasure,
  type SpreadField,
} from '../../../../../shared/query/chart-measures.ts'
import {
  bucketLengths,
  measureNames,
  type BucketLength,
  type Measure,
} from '../../../../../shared/query/cost-measures.ts'
import { labelOfField } from '../../model/address.ts'

export const plots = { time: 'Over time', spread: 'Spread', score: 'Against a score' } as const
export type PlotKind = keyof typeof plots

/** A chart as its address names it: `?view=chart&plot=time&by=model&per=day&measure=cost`. */
export interface ChartAddress {
  readonly plot: PlotKind
  /** What the calls are told apart by; undefined: they are drawn together. */
  readonly by: string | undefined
  readonly per: BucketLength | undefined
  readonly measure: Measure
  readonly of: SpreadField
  readonly against: PointMeasure
  /** Undefined: the one that comes first. */
  readonly score: string | undefined
  readonly scale: 'linear' | 'log'
}

/** Whoever wrote it: what it names and does not exist is left out. */
export function readChartAddress(query: URLSearchParams): ChartAddress {
  const named = <T extends string>(name: string, among: readonly T[]) => among.find(one => one === query.get(name))
  const fields = (query.get('by') ?? 'model').split(',').filter(name => labelOfField(name) !== undefined)
  const plot = named('plot', Object.keys(plots) as PlotKind[]) ?? 'time'
  return {
    plot,
    by: query.get('split') === 'none' ? undefined : fields[0],
    per: named('per', bucketLengths),
    measure: named('measure', measureNames) ?? 'cost',
    of: named('of', spreadFields) ?? 'cost',
    against: named('of', pointMeasures) ?? 'cost',
    score: query.get('score') ?? undefined,
    // What calls cost and take spreads over powers of ten.
    scale: named('scale', ['linear', 'log'] as const) ?? (plot === 'spread' ? 'log' : 'linear'),
  }
}

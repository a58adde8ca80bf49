import type { Input, Output } from '../../../shared/contract/index.ts'
import { searchedOf, type Asked } from '../lists/asking.ts'
import { callNumbers, countedCalls, tracesOfCalls } from '../pivot/calls.ts'
import { costsOf } from '../pivot/measured.ts'
import { callsOf } from '../pivot/pivot.ts'
import { scoresOfTraces } from '../pivot/trace-scores.ts'
import { codedField } from '../table/coded.ts'
import { plus } from '../table/arrays.ts'
import type { Table } from '../table/table.ts'
import { linearEdges, logEdges, placeIn } from './edges.ts'

type Wanted = Omit<Input<'charts.points'>, 'where'>
type Points = Output<'charts.points'>

/** Cells of a picture of very many traces, across and up. */
const [across, up] = [60, 36]

/** Traces by a score and what their calls took, in turns. */
export function* pointsOf(asked: Asked, wanted: Wanted): Generator<void, Points> {
  const { table } = asked.subject
  const isIn = callsOf(asked)
  yield
  const measured = sumsOfTraces(table, isIn, wanted.of)
  yield
  const score = table.asking(asked.elsewhere, () => scoresOfTraces(table, wanted.score))
  yield
  const { within, scale } = wanted
  const isLog = scale === 'log'
  const outside = (value: number, ends: readonly [number, number] | undefined) =>
    ends !== undefined && !(value >= ends[0] && value <= ends[1])
  const found: number[] = []
  const counts = { traces: 0, unscored: 0, worded: 0, unmeasured: 0, partly: 0 }
  for (let t = 0; t < measured.calls.length; t++) {
    if (measured.calls[t] === 0) continue
    counts.traces++
    const [x, y] = [score.mean[t]!, measured.sum[t]!]
    if (Number.isNaN(x)) {
      counts.unscored++
      counts.worded += score.worded[t]!
    } else if (Number.isNaN(y) || (isLog && y <= 0)) counts.unmeasured++
    else if (!outside(x, within?.x) && !outside(y, within?.y)) {
      found.push(t)
      if (measured.known[t]! < measured.calls[t]!) counts.partly++
    }
  }
  yield
  const x = Float64Array.from(found, t => score.mean[t]!)
  const y = Float64Array.from(found, t => measured.sum[t]!)
  const said = { exact: asked.exact && !table.isPartly, ...searchedOf(asked), ...counts, shown: found.length }
  if (found.length > wanted.most) return { ...said, isCounted: true, ids: [], ...cellsOf(x, y, isLog) }
  const { decode } = codedField(table, { id: 'trace' })!
  const ids = found.map(t => String(decode(t)))
  return { ...said, isCounted: false, ids, x, y, counts: new Uint32Array() }
}

function sumsOfTraces(table: Table, isIn: Uint8Array | undefined, of: Wanted['of']) {
  const size = table.traces.id.length
  const [sum, known, calls] = [
    new Float64Array(size).fill(Number.NaN),
    new Uint32Array(size),
    new Uint32Array(size),
  ] as const
  const trace = tracesOfCalls(table).of
  const numbers = of === 'cost' ? costsOf(table) : tokensOfCalls(table)
  for (let i = 0; i < countedCalls(table).count; i++) {
    if (isIn?.[i] === 0) continue
    const t = trace[i]!
    calls[t]!++
    if (Number.isNaN(numbers[i]!)) continue
    known[t]!++
    sum[t] = plus(sum[t]!, numbers[i]!)
  }
  return { sum, known, calls }
}

function tokensOfCalls(table: Table): Float64Array {
  const [input, output] = [callNumbers(table, 'input'), callNumbers(table, 'output')]
  return table.derived('chart tokens', () => input.map((tokens, i) => plus(tokens, output[i]!)))
}

function cellsOf(x: Float64Array, y: Float64Array, isLog: boolean): Pick<Points, 'x' | 'y' | 'counts'> {
  const xs = evenEdges(x, across)
  const [least, greatest] = reach(y)
  const ys = isLog ? logEdges(least, greatest, up) : linearEdges(least, greatest, up)
  const [columns, lines] = [xs.length - 1, ys.length - 1]
  const counts = new Uint32Array(columns * lines)
  for (let i = 0; i < x.length; i++) counts[placeIn(ys, y[i]!) * columns + placeIn(xs, x[i]!)]!++
  return { x: xs, y: ys, counts }
}

/** Scores are fractions as a rule: cells of one width from the least to the greatest. */
function evenEdges(numbers: Float64Array, most: number): Float64Array<ArrayBuffer> {
  const [least, greatest] = reach(numbers)
  if (least === greatest) return Float64Array.of(least, greatest)
  return Float64Array.from({ length: most + 1 }, (_, i) => least * (1 - i / most) + greatest * (i / most))
}

function reach(numbers: Float64Array): [number, number] {
  let [least, greatest] = [Infinity, -Infinity]
  for (const number of numbers) {
    if (number < least) least = number
    if (number > greatest) greatest = number
  }
  return [least, greatest]
}

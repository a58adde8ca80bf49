import type { CancelSignal, Input, Output } from '../../shared/contract/index.ts'
import type { ListKind } from '../../shared/contract/lists.ts'
import type { Question } from '../../shared/contract/search.ts'
import { InspectorError } from '../../shared/domain/errors.ts'
import { pointsOf } from '../store/charts/points.ts'
import { seriesOf } from '../store/charts/series.ts'
import { spreadOf } from '../store/charts/spread.ts'
import { askList, type Asked, type Asking } from '../store/lists/asking.ts'
import { isZone, readQuestion } from '../store/search/question.ts'
import { finishInTurns } from '../store/table/arrays.ts'

// What charts are drawn from. Others have their turns while it is made.

export function chartSeries(
  asking: Asking,
  { where, success, successAmong, ...wanted }: Input<'charts.series'>,
  signal: CancelSignal,
): Promise<Output<'charts.series'>> {
  if (!isZone(wanted.zone)) throw new InspectorError('query/no-zone', 'There is no such time zone.')
  const questions = asking.store.snapshot(() => ({
    asked: askSpans(asking, where),
    success: success && askTraces(asking, success),
    among: successAmong && askTraces(asking, successAmong),
  }))
  return finishInTurns(seriesOf(questions, wanted), signal)
}

export function chartSpread(
  asking: Asking,
  { where, ...wanted }: Input<'charts.spread'>,
  signal: CancelSignal,
): Promise<Output<'charts.spread'>> {
  return finishInTurns(spreadOf(askSpans(asking, where), wanted), signal)
}

export function chartPoints(
  asking: Asking,
  { where, ...wanted }: Input<'charts.points'>,
  signal: CancelSignal,
): Promise<Output<'charts.points'>> {
  return finishInTurns(pointsOf(askSpans(asking, where), wanted), signal)
}

/** Spans that match, for what is worked out of them. */
export function askSpans(asking: Asking, where: Question | undefined): Asked {
  return ask(asking, 'spans', where)
}

/** Traces that match. */
export function askTraces(asking: Asking, where: Question): Asked {
  return ask(asking, 'traces', where)
}

function ask(asking: Asking, list: ListKind, question: Question | undefined): Asked {
  return askList(asking, list, question && readQuestion(question), asked => asked)
}

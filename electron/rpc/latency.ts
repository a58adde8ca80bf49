import type { CancelSignal, Input, Output } from '../../shared/contract/index.ts'
import { failuresOf } from '../store/latency/failures.ts'
import { operationsOf } from '../store/latency/operations.ts'
import { slowestOf } from '../store/latency/slowest.ts'
import type { Asking } from '../store/lists/asking.ts'
import { finishInTurns } from '../store/table/arrays.ts'
import { askSpans } from './charts.ts'

// Where time goes. Others have their turns while it is worked out.

export function latencyOperations(
  asking: Asking,
  { where, ...wanted }: Input<'latency.operations'>,
  signal: CancelSignal,
): Promise<Output<'latency.operations'>> {
  return finishInTurns(operationsOf(askSpans(asking, where), wanted), signal)
}

export function latencyFailures(
  asking: Asking,
  { where, ...wanted }: Input<'latency.failures'>,
  signal: CancelSignal,
): Promise<Output<'latency.failures'>> {
  return finishInTurns(failuresOf(askSpans(asking, where), wanted), signal)
}

export function latencySlowest(
  asking: Asking,
  { where, ...wanted }: Input<'latency.slowest'>,
  signal: CancelSignal,
): Promise<Output<'latency.slowest'>> {
  return finishInTurns(slowestOf(askSpans(asking, where), wanted), signal)
}

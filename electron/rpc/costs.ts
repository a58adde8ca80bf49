import type { CancelSignal, Input, Output } from '../../shared/contract/index.ts'
import type { ListKind } from '../../shared/contract/lists.ts'
import type { Question } from '../../shared/contract/search.ts'
import { InspectorError } from '../../shared/domain/errors.ts'
import { askList, type Asked, type Asking } from '../store/lists/asking.ts'
import { pivotOf } from '../store/pivot/pivot.ts'
import { isZone, readQuestion } from '../store/search/question.ts'
import { finishInTurns } from '../store/table/arrays.ts'

/** A table of what calls cost: all questions of it see one state of the store, and others have their turns while it is made. */
export function costTable(
  asking: Asking,
  input: Input<'costs.table'>,
  signal: CancelSignal,
): Promise<Output<'costs.table'>> {
  if (!isZone(input.zone)) throw new InspectorError('query/no-zone', 'There is no such time zone.')
  const { where, compare, success, successAmong } = input
  const ask = (list: ListKind, question: Question | undefined): Asked =>
    askList(asking, list, question && readQuestion(question), asked => asked)
  const questions = asking.store.snapshot(() => ({
    asked: ask('spans', where),
    compared: compare && ask('spans', compare),
    success: success && ask('traces', success),
    among: successAmong && ask('traces', successAmong),
  }))
  return finishInTurns(pivotOf(questions, input), signal)
}

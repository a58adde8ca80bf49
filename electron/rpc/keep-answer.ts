import { InspectorError } from '../../shared/domain/errors.ts'
import type { ReplayRecord } from '../../shared/replay/record.ts'
import type { ImportDesk } from '../processes/import-desk.ts'
import { forgetAnswer, leftAnswers } from '../replay/left-answers.ts'
import { type Kept, keepRequest } from '../replay/orders.ts'
import type { Store } from '../store/open.ts'
import { answerPath } from '../store/answers.ts'
import { findSpan } from '../store/spans.ts'
import { findTrace } from '../store/trace-list.ts'

/** The import's part: an answer that came becomes a trace of its own. */
export function keepHandlers(
  store: Store,
  desk: ImportDesk,
): { readonly [keepRequest]: (record: ReplayRecord) => Promise<Kept> } {
  return {
    [keepRequest]: async record => {
      await desk.keep(answerPath(record.session_id, record.name), `${JSON.stringify(record)}\n`)
      const trace = findTrace(store, record.trace_id)
      const span = trace === null ? null : findSpan(store, trace, record.span_id)
      if (trace === null || span === null)
        throw new InspectorError('replay/not-kept', 'The answer came, but the store could not keep it.')
      forgetAnswer(store.path, record.span_id)
      return { trace, span }
    },
  }
}

/**
 * Stores answers that came while nobody stored them: their host was killed, or the import died. All are in line at once: who
 * closes soon after waits for them.
 */
export async function keepLeftAnswers(store: Store, keep: ReturnType<typeof keepHandlers>): Promise<void> {
  const failed = (error: unknown): void => console.error('spanwise: an answer could not be stored:', error)
  await Promise.all(leftAnswers(store.path).map(record => keep[keepRequest](record).catch(failed)))
}

import type { Handlers } from '../../shared/contract/index.ts'
import type { EarlierAnswer } from '../../shared/contract/replay.ts'
import { readWhole } from '../../shared/conventions/index.ts'
import { marksToBits } from '../../shared/domain/marks.ts'
import type { Attributes, AttributeValue, RawSpan } from '../../shared/domain/raw-span.ts'
import { sendOutcomes } from '../../shared/replay/outcomes.ts'
import { createSpanReader } from '../import/reading.ts'
import type { Store } from '../store/open.ts'
import { readSpanPlace, replayedLike } from '../store/spans.ts'

/** Answers to calls of one name that are read: a millisecond each. */
const mostRead = 1000

/** What was answered to a call when it was sent again, as its links say. Takes any time. */
export function answerHandlers(store: Store): Pick<Handlers, 'replay.answers'> {
  const spans = createSpanReader(store)
  return {
    'replay.answers': ({ id, limit }) => {
      const place = readSpanPlace(store, id)
      const { raw: call } = spans.whole(id)
      const answers: EarlierAnswer[] = []
      if (!place || !call) return { answers, more: false }
      const rows = replayedLike(store, id, marksToBits(['replayed']), mostRead + 1)
      for (const [at, row] of rows.entries()) {
        if (at === mostRead || answers.length === limit) return { answers, more: true }
        const { raw } = spans.whole(row)
        const isOfCall = raw?.links.some(
          link => isReplay(link.attributes) && link.traceId === place.traceId && link.spanId === call.spanId,
        )
        const trace = readSpanPlace(store, row)?.trace
        if (raw && isOfCall && trace !== undefined) answers.push(answerOf(raw, { span: row, trace }))
      }
      return { answers: answers.toSorted((a, b) => b.at - a.at), more: false }
    },
  }
}

function isReplay(attributes: Attributes): boolean {
  return attributes['link.type'] === 'replay_of'
}

function answerOf(raw: RawSpan, rows: { readonly span: number; readonly trace: number }): EarlierAnswer {
  const { requestModel, model, errorType, statusMessage, timeToFirstTokenNs } = readWhole(raw)
  const { replay, status_code: code, session_id: run } = raw.attributes
  const about = isFields(replay) ? replay : {}
  const { start = 0n, end = start } = raw
  const asked = requestModel ?? model
  return {
    ...rows,
    traceId: raw.traceId,
    spanId: raw.spanId,
    // A file that was exported says no more than whether it went well.
    outcome: sendOutcomes.find(one => one === about['outcome']) ?? (raw.status === 'ok' ? 'ok' : 'incomplete'),
    ...(typeof code === 'number' ? { httpStatus: code } : {}),
    at: Number(start / 1_000_000n),
    duration: Number(end - start) / 1e6,
    run: typeof run === 'string' ? run : '',
    ...(typeof about['variant'] === 'string' ? { variant: about['variant'] } : {}),
    connection: typeof about['connection'] === 'string' ? about['connection'] : '',
    ...(asked === undefined ? {} : { model: asked }),
    ...(timeToFirstTokenNs === undefined ? {} : { firstToken: Number(timeToFirstTokenNs) / 1e6 }),
    ...(errorType === undefined ? {} : { error: { code: errorType, message: statusMessage ?? '' } }),
  }
}

function isFields(value: AttributeValue | undefined): value is Attributes {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !('deferred' in value)
}

import type { CancelSignal, Input, Output } from '../../shared/contract/index.ts'
import type { PromptSide } from '../../shared/contract/prompts.ts'
import { InspectorError } from '../../shared/domain/errors.ts'
import { successName } from '../../shared/query/success.ts'
import { createSpanReader } from '../import/reading.ts'
import { searchedOf, type Asked, type Asking } from '../store/lists/asking.ts'
import type { Store } from '../store/open.ts'
import { compareCalls } from '../store/prompts/compare.ts'
import { promptFiles } from '../store/prompts/library-files.ts'
import { evidenceOf } from '../store/prompts/evidence.ts'
import { successesOf } from '../store/prompts/good-calls.ts'
import { callOf, lastGoodOf } from '../store/prompts/last-good.ts'
import { matchesOf } from '../store/prompts/matches.ts'
import { answeredBy, listPrompts, versionsOf } from '../store/prompts/registry.ts'
import { promptSeries } from '../store/prompts/series.ts'
import { callsOfSide } from '../store/prompts/sides.ts'
import { readCalls, readVersion } from '../store/prompts/version.ts'
import { isZone } from '../store/search/question.ts'
import { finishInTurns } from '../store/table/arrays.ts'
import { askSpans, askTraces } from './charts.ts'

// Prompts and their versions, from a store's columns. Loaded when somebody asks: no first page does.

type Prompted =
  | 'list'
  | 'versions'
  | 'version'
  | 'calls'
  | 'evidence'
  | 'compare'
  | 'series'
  | 'matches'
  | 'lastGood'
  | 'files'
export type PromptRequest = `prompts.${Prompted}`
type Answers = {
  readonly [K in PromptRequest]: (
    asking: Asking,
    input: Input<K>,
    signal: CancelSignal,
  ) => Promise<Output<K>> | Output<K>
}

export const promptAnswers: Answers = {
  'prompts.list': (asking, { where, ...window }) => listPrompts(askSpans(asking, where), window),
  'prompts.versions': (asking, { where, prompt }) => versionsOf(askSpans(asking, where), { prompt }),
  'prompts.version': (asking, wanted) => readVersion(askSpans(asking, undefined), wanted, readerOf(asking.store)),
  'prompts.calls': (asking, wanted) => readCalls(askSpans(asking, undefined), wanted, readerOf(asking.store)),
  'prompts.evidence': (asking, { where, ...wanted }, signal) =>
    finishInTurns(evidenceOf(askSpans(asking, where), wanted), signal),
  'prompts.compare': async (asking, { a, b, where }, signal) => {
    const { narrowed, calls } = sidesOf(asking, [a, b], where)
    const isByPrompt = 'prompt' in a && 'prompt' in b
    const compared = await finishInTurns(compareCalls(narrowed, { a: calls[0]!, b: calls[1]! }, isByPrompt), signal)
    return { ...compared, ...answeredBy(narrowed) }
  },
  'prompts.series': (asking, { where, ...wanted }, signal) => {
    if (!isZone(wanted.zone)) throw new InspectorError('query/no-zone', 'There is no such time zone.')
    return finishInTurns(promptSeries(askSpans(asking, where), wanted), signal)
  },
  'prompts.lastGood': lastGood,
  'prompts.files': (asking, window) => promptFiles(askSpans(asking, undefined), window, readerOf(asking.store)),
  'prompts.matches': async (asking, { sides, where, ...window }, signal) => {
    const { narrowed, calls } = sidesOf(asking, sides, where)
    const matches = matchesOf(narrowed.subject.table, calls, window, readerOf(asking.store))
    return { ...(await finishInTurns(matches, signal)), ...answeredBy(narrowed) }
  },
}

/** Definitions of success are of the feature that the call is of, else of all. */
function lastGood(asking: Asking, { span, now, zone }: Input<'prompts.lastGood'>): Output<'prompts.lastGood'> {
  return asking.store.snapshot(() => {
    const all = askSpans(asking, undefined)
    const call = callOf(all.subject.table, span)
    const applying = successesOf(all.subject.table, call).map(success => ({
      name: successName(success),
      traces: askTraces(asking, { query: success.query, now, zone }),
    }))
    const judged = applying.map(({ name, traces }) => ({ name, traces: traces.shown.bytes }))
    const found = lastGoodOf(all.subject.table, call, judged, readerOf(asking.store))
    const traces = applying.map(one => one.traces)
    return { ...found, ...answeredBy(all), exact: [all, ...traces].every(one => one.exact), ...searchedOf(...traces) }
  })
}

/** All sides see one state of the store. */
function sidesOf(asking: Asking, sides: readonly PromptSide[], where: Input<'prompts.compare'>['where']) {
  return asking.store.snapshot(() => {
    const narrowed: Asked = askSpans(asking, where)
    const calls = sides.map(side =>
      callsOfSide(side, narrowed, 'where' in side ? askSpans(asking, side.where) : undefined),
    )
    return { narrowed, calls }
  })
}

const readers = new WeakMap<Store, ReturnType<typeof createSpanReader>>()

function readerOf(store: Store): ReturnType<typeof createSpanReader> {
  let reader = readers.get(store)
  if (!reader) readers.set(store, (reader = createSpanReader(store)))
  return reader
}

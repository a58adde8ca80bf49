import { promptText } from './prompt-text.ts'
import type { ReadSpan } from './looking.ts'
import { KeptReader } from '../kept.ts'
import type { Store } from '../open.ts'

/** A distinct text of a group. */
export interface GroupText {
  readonly id: number
  readonly hash: Buffer
  /** A call that was sent it. */
  readonly call: number
  /** The version it was found to be; 0 is none yet. */
  readonly template: number
}

/** How texts are read; those of `known` calls need not be. */
export interface TextReader {
  readonly readSpan: ReadSpan
  readonly known: ReadonlyMap<number, string>
}

/** Calls that are read between two turns of others. */
const slice = 200

export function textsOfGroup(store: Store, group: number): GroupText[] {
  return store.query<[number], GroupText>('prompt-texts').all(group)
}

/** When each text was sent, in milliseconds; NaN is undated. */
export function timesOfTexts(store: Store, group: number): Map<number, number[]> {
  const times = new Map<number, number[]>()
  const rows = store.query<[number], { text: number; start: number | null }>('prompt-times').all(group)
  for (const { text, start } of rows) {
    const at = start === null ? Number.NaN : start / 1000
    const known = times.get(text)
    if (known) known.push(at)
    else times.set(text, [at])
  }
  return times
}

/** The texts themselves, in turns. What cannot be read any more is left out. */
export function* readTexts(
  store: Store,
  kept: KeptReader,
  { readSpan, known }: TextReader,
  wanted: readonly GroupText[],
): Generator<void, Map<number, string>> {
  const textOfCall = new Map(wanted.map(({ id, call }) => [call, id]))
  const found = new Map<number, string>()
  for (const { id, call } of wanted) {
    const text = known.get(call)
    if (text !== undefined) found.set(id, text)
  }
  const calls = [...textOfCall.keys()].filter(call => !known.has(call)).sort((a, b) => a - b)
  for (let from = 0; from < calls.length; from += slice) {
    store.snapshot(() => {
      for (const { span: call, records } of kept.texts(calls.slice(from, from + slice))) {
        const span = readSpan(records)
        const text = span && promptText(span)?.text
        if (text !== undefined) found.set(textOfCall.get(call)!, text)
      }
    })
    yield
  }
  return found
}

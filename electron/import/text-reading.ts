import { parseJson } from '../../shared/conventions/json-text.ts'
import { messagesOf } from '../../shared/conventions/messages.ts'
import { asJson, isList, isObject } from '../../shared/conventions/values.ts'
import { saidOf } from '../../shared/query/said.ts'
import { type SpanText, textOf, textsOf, textsOfMessage } from '../../shared/query/texts.ts'
import type { SpokenTexts, TextPlaces, TextReading } from '../store/text-index/span-texts.ts'
import { outlineOf } from './outline.ts'
import { readSearchedSpan } from './reading.ts'

const places = { 'gen_ai.input.messages': 'input', 'gen_ai.output.messages': 'output' } as const
/** Read for what a call was offered, which nobody searches. */
const unsearched = 'gen_ai.tool.definitions'

/** The attribute, as OTLP writes it or as a plain field, right before its value. */
const before =
  /"(gen_ai\.(?:input\.messages|output\.messages|tool\.definitions))"\s*(?:,\s*"value"\s*:\s*\{\s*"stringValue"\s*)?:\s*$/
const longestBefore = 100

/**
 * The history of a call and its answer, which are read message by message: what one of them says depends on no other. They are
 * what repeats most in the dumps of agents.
 */
const messagePlaces: TextPlaces = {
  whatStandsAt(kept, at) {
    const name = before.exec(kept.slice(Math.max(0, at - longestBefore), at))?.[1]
    if (name === undefined) return undefined
    return name === unsearched ? 'unsearched' : places[name as keyof typeof places]
  },
  standIn: (text, side) =>
    `[{"role":"${side === 'input' ? 'user' : 'assistant'}","parts":[{"type":"text","content":"${text}"}]}]`,
  textsOf(item): SpokenTexts | undefined {
    const list = parseJson(`[${item}]`)
    if (!isList(list) || list.length !== 1) return undefined
    const [value] = list
    if (!isObject(value) || typeof value['role'] !== 'string') return undefined
    const messages = messagesOf(list, 'user') ?? []
    const texts = (side: 'input' | 'output'): SpanText[] => messages.flatMap(message => textsOfMessage(message, side))
    return { input: texts('input'), output: texts('output') }
  },
}

/** How the index of texts reads spans. */
export const textReading: TextReading = {
  read(records) {
    const read = readSearchedSpan(records)
    return read && { texts: textsOf(read.span), said: saidOf(read.span, read.raw) }
  },
  outlineOf,
  told: value => textOf(asJson(value)!, []),
  places: messagePlaces,
}

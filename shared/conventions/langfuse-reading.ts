// What Langfuse says of an observation, wherever it says so: in span attributes on the way in, in rows of an export on
// the way out. The two differ in names only.

import type { JsonObject, JsonValue } from '../domain/json.ts'
import type { SpanKind } from '../domain/kind.ts'
import { isZeroDecimal } from '../domain/numbers.ts'
import type { Attributes, RawSpan } from '../domain/raw-span.ts'
import { parseTime } from '../domain/times.ts'
import type { Nanoseconds } from '../domain/units.ts'
import { usageOfBuckets } from './buckets.ts'
import { kindRank, type Content, type Facts, type Reading } from './convention.ts'
import { takeSaid, readCost, sumCosts, type SaidCost } from './cost.ts'
import { documentsOf } from './documents.ts'
import { countExchange, takeAnswered, takeAsked } from './exchange.ts'
import { parseScalarJson } from './json-text.ts'
import { kindOf } from './kinds.ts'
import { toolsOf } from './tools.ts'
import type { WrittenUsage } from './usage.ts'
import { asLabel, asObject, asText, isList, isObject, present, toJson, type Written } from './values.ts'

/** Where an observation's facts stand. Of several names the first that has a value is read. */
export type LangfuseNames = {
  readonly [
    field in
      | 'type'
      | 'input'
      | 'output'
      | 'level'
      | 'statusMessage'
      | 'model'
      | 'parameters'
      | 'usage'
      | 'cost'
      | 'firstToken'
      | 'promptName'
      | 'promptVersion'
  ]: readonly string[]
}

interface Found {
  readonly value: Written
  readonly from: string
}

function find(attributes: Attributes, names: readonly string[]): Found | undefined {
  for (const from of names) {
    const value = attributes[from]
    if (value !== undefined && value !== null && value !== '') return { value, from }
  }
  return undefined
}

export function readLangfuseFacts(span: RawSpan, names: LangfuseNames, reading: Reading<Facts>): void {
  const a = span.attributes
  const type = find(a, names.type)
  // A span is any step at all; what is inside may know better.
  if (type) reading.take('kind', kindOfType(asLabel(type.value)), type.from, kindRank.explicit)
  for (const field of ['model', 'promptName', 'promptVersion'] as const) {
    const found = find(a, names[field])
    if (found) reading.take(field, asLabel(found.value), found.from)
  }
  // A failed observation leaves the status of its span unset.
  const level = find(a, names.level)
  if (level && asLabel(level.value)?.toUpperCase() === 'ERROR') reading.take('status', 'error', level.from)
  const first = find(a, names.firstToken)
  if (first) reading.take('timeToFirstToken', sinceStart(span, first.value), first.from)
  const cost = find(a, names.cost)
  const details = cost && asObject(cost.value)
  if (cost && details) takeSaid(reading, costOf(details), cost.from)
}

function kindOfType(type: string | undefined): SpanKind | undefined {
  return type === undefined || /^(?:span|event)$/i.test(type) ? undefined : kindOf(type)
}

/** The first token's time is a text, at times with its JSON quotes around it. */
function sinceStart(span: RawSpan, written: Written): Nanoseconds | undefined {
  const text = asText(written)
  const time = parseTime(text?.replaceAll('"', ''))?.ns
  if (time === undefined || span.start === undefined || time < span.start) return undefined
  return time - span.start
}

/** Its total, else the sum of its parts. */
function costOf(details: JsonObject): SaidCost | undefined {
  return unlessZero(readCost(details['total']) ?? sumCosts(Object.values(details)))
}

/** Zero is written where nothing was priced. */
export function unlessZero(said: SaidCost | undefined): SaidCost | undefined {
  return said && 'dollars' in said && isZeroDecimal(said.dollars) ? undefined : said
}

export function readLangfuseUsage(span: RawSpan, names: LangfuseNames): WrittenUsage | undefined {
  for (const from of names.usage) {
    const details = span.attributes[from]
    const written = details === undefined || details === null ? undefined : asObject(details)
    const usage = written && usageOfBuckets(written, from)
    if (usage) return usage
  }
  return undefined
}

export function countLangfuseMessages(span: RawSpan, names: LangfuseNames): number | undefined {
  return countExchange(find(span.attributes, names.input)?.value, find(span.attributes, names.output)?.value)
}

export function readLangfuseContent(
  span: RawSpan,
  names: LangfuseNames,
  reading: Reading<Content>,
  facts: Readonly<Facts>,
): void {
  const a = span.attributes
  const input = find(a, names.input)
  const output = find(a, names.output)
  const parameters = find(a, names.parameters)
  if (parameters) reading.take('parameters', parametersOf(parameters.value), parameters.from)
  const message = find(a, names.statusMessage)
  if (message) reading.take('statusMessage', asText(message.value), message.from)
  if (facts.promptName !== undefined || facts.promptVersion !== undefined) {
    const named = find(a, names.promptName) ?? find(a, names.promptVersion)
    const version = find(a, names.promptVersion)
    const prompt = present({ name: asLabel(find(a, names.promptName)?.value), version: asLabel(version?.value) })
    if (named) reading.take('prompt', prompt, named.from)
  }
  if (facts.kind === 'generation') readCall(input, output, reading)
  const given = input && unwrap(input.value)
  const gave = output && unwrap(output.value)
  if (facts.kind === 'retrieval') readRetrieval(given, gave, input?.from ?? '', output?.from ?? '', reading)
  if (facts.kind === 'tool') {
    const tool = present({ name: facts.toolName ?? span.name, arguments: given, result: gave })
    reading.take('tool', tool, input?.from ?? output?.from ?? 'name', 1)
  }
  if (input) reading.take('input', given, input.from)
  if (output) reading.take('output', gave, output.from)
}

/** Empty settings are written as null or as the word. */
function parametersOf(written: Written): JsonObject | undefined {
  const all = asObject(written)
  if (!all) return undefined
  const said = Object.entries(all).filter(([, value]) => value !== null && value !== 'null' && value !== '')
  return said.length > 0 ? Object.fromEntries(said) : undefined
}

function readCall(input: Found | undefined, output: Found | undefined, reading: Reading<Content>): void {
  if (input) takeAsked(reading, withoutOffers(unwrap(input.value), reading, input.from), input.from, 1)
  if (output) takeAnswered(reading, unwrap(output.value), output.from)
}

/** Langfuse's LangChain handler writes the offered tools among the messages, as those of role tool. */
function withoutOffers(value: JsonValue | undefined, reading: Reading<Content>, from: string): JsonValue | undefined {
  if (!isList(value)) return value
  const definition = (item: JsonValue) => {
    const content = isObject(item) && item['role'] === 'tool' ? item['content'] : undefined
    return isObject(content) && content['type'] === 'function' && isObject(content['function']) ? content : undefined
  }
  const offers = value.flatMap(item => definition(item) ?? [])
  if (offers.length === 0) return value
  reading.take('toolsOffered', toolsOf(offers), from)
  return value.filter(item => definition(item) === undefined)
}

function readRetrieval(
  given: JsonValue | undefined,
  gave: JsonValue | undefined,
  input: string,
  output: string,
  reading: Reading<Content>,
): void {
  const query = isObject(given) ? given['query'] : given
  reading.take('query', typeof query === 'string' ? query : undefined, input)
  const list = isObject(gave) ? (gave['documents'] ?? gave['output']) : gave
  if (isList(list)) reading.take('documents', documentsOf(list), output)
}

/** What a text spells, at most twice encoded: downloads hold JSON in JSON texts. */
export function unwrap(written: Written): JsonValue {
  const text = asText(written)
  if (text === undefined) return toJson(written ?? null)
  const once = parseScalarJson(text) ?? text
  return typeof once === 'string' && once !== text ? (parseScalarJson(once) ?? once) : once
}

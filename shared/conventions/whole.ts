import type { NanosecondText } from '../domain/units.ts'
import type { AttributeValue, RawEvent, RawLink, RawSpan } from '../domain/raw-span.ts'
import { marks as allMarks, type Mark } from '../domain/marks.ts'
import type { JsonObject } from '../domain/json.ts'
import type { SearchedSpan, Span, SpanEvent, SpanLink } from '../domain/span.ts'
import { readPlainContent } from './basic.ts'
import { Reading, type Content, type Convention, type Facts } from './convention.ts'
import { interpret } from './interpret.ts'
import { readStatusMessage } from './status.ts'
import { attributesToJson } from './values.ts'

/** What the conventions say of a span, in this order. With `remember` also which attribute said it. */
function understand(span: RawSpan, speakers: readonly Convention[], remember: boolean) {
  const facts = new Reading<Facts>(remember)
  interpret(span, speakers, facts)
  const content = new Reading<Content>(remember)
  for (const convention of speakers) convention.content(span, content, facts.values)
  readPlainContent(span, content, facts.values)
  settleContent(content, facts.values)
  const message = readStatusMessage(span)
  if (message) content.drop('statusMessage')
  return { facts, content, message }
}

/** The part of a span's JSON that is searched: what `wholeSpan` says of it, at a third of the time. */
export function searchedSpan(span: RawSpan, speakers: readonly Convention[]): SearchedSpan {
  const { facts, content, message } = understand(span, speakers, false)
  const { errorType, responseId } = facts.values
  const { inputMessages, outputMessages, query, input, output, tool, documents } = content.values
  const { finishReasons, parameters, prompt } = content.values
  const statusMessage = message?.message ?? content.values.statusMessage
  const exceptions = span.events.length === 0 ? [] : span.events.filter(({ name }) => name === 'exception')
  return {
    name: span.name,
    ...(inputMessages === undefined ? {} : { inputMessages }),
    ...(outputMessages === undefined ? {} : { outputMessages }),
    ...(query === undefined ? {} : { query }),
    ...(input === undefined ? {} : { input }),
    ...(output === undefined ? {} : { output }),
    ...(tool === undefined ? {} : { tool }),
    ...(documents === undefined ? {} : { documents }),
    ...(responseId === undefined ? {} : { responseId }),
    ...(finishReasons === undefined ? {} : { finishReasons }),
    ...(parameters === undefined ? {} : { parameters }),
    ...(prompt === undefined ? {} : { prompt }),
    ...(errorType === undefined ? {} : { errorType }),
    ...(statusMessage === undefined ? {} : { statusMessage }),
    ...(exceptions.length === 0 ? {} : { events: exceptions.map(readEvent) }),
  }
}

/** The JSON of one span, read by these conventions in this order. */
export function wholeSpan(span: RawSpan, speakers: readonly Convention[]): Span {
  const { facts, content, message } = understand(span, speakers, true)

  // Facts that only the trace row and the index want are left out here.
  const {
    promptName: _name,
    promptVersion: _version,
    traceName: _trace,
    toolName: _tool,
    timeToFirstToken,
    kind,
    status,
    ...kept
  } = facts.values
  const marks = marksOf(span, facts.marks)
  const {
    promptName: _n,
    promptVersion: _v,
    traceName: _t,
    toolName: _o,
    timeToFirstToken: first,
    ...told
  } = facts.readBy ?? {}
  const readBy = {
    ...content.readBy,
    ...told,
    ...(first === undefined ? {} : { timeToFirstTokenNs: first }),
    ...(message ? { statusMessage: message.from } : {}),
  }
  return {
    id: span.spanId,
    ...(span.parentId === undefined ? {} : { parentId: span.parentId }),
    kind: kind ?? 'other',
    name: span.name,
    status: status ?? span.status,
    ...(message ? { statusMessage: message.message } : {}),
    ...times(span),
    ...(timeToFirstToken === undefined ? {} : { timeToFirstTokenNs: timeToFirstToken.toString() }),
    ...kept,
    ...content.values,
    ...attributesOf(span),
    ...(span.events.length > 0 ? { events: span.events.map(readEvent) } : {}),
    ...(span.links.length > 0 ? { links: span.links.map(readLink) } : {}),
    ...surroundings(span),
    ...(marks.length > 0 ? { marks } : {}),
    ...(Object.keys(readBy).length > 0 ? { readBy } : {}),
  }
}

/** A conversation is shown once: the same texts as plain input and output say nothing more. */
function settleContent(content: Reading<Content>, facts: Readonly<Facts>): void {
  const { values } = content
  if (facts.kind === 'generation') {
    if (values.inputMessages) content.drop('input')
    if (values.outputMessages) content.drop('output')
  } else if (facts.kind !== 'prompt') content.drop('prompt')
  if (values.documents) content.drop('output')
  if (values.query !== undefined && values.query === values.input) content.drop('input')
  if (values.tool?.arguments !== undefined) content.drop('input')
  if (values.tool?.result !== undefined) content.drop('output')
}

function times(span: RawSpan): { startTime?: NanosecondText; endTime?: NanosecondText; durationNs?: NanosecondText } {
  const length = span.start !== undefined && span.end !== undefined ? span.end - span.start : span.duration
  return {
    ...(span.start === undefined ? {} : { startTime: span.start.toString() }),
    ...(span.end === undefined ? {} : { endTime: span.end.toString() }),
    // An end before the start is kept above as written; how long it took nobody knows.
    ...(length === undefined || length < 0n ? {} : { durationNs: length.toString() }),
  }
}

function marksOf(span: RawSpan, noticed: readonly Mark[]): readonly Mark[] {
  const has = new Set<Mark>([...span.marks, ...noticed])
  return allMarks.filter(mark => has.has(mark))
}

function readEvent(event: RawEvent): SpanEvent {
  return {
    name: event.name,
    ...(event.time === undefined ? {} : { time: event.time.toString() }),
    attributes: attributesToJson(event.attributes),
  }
}

function readLink(link: RawLink): SpanLink {
  return { traceId: link.traceId, spanId: link.spanId, attributes: attributesToJson(link.attributes) }
}

function surroundings(span: RawSpan): Pick<Span, 'resource' | 'scope'> {
  const resource = attributesToJson(span.resource)
  const { name, version } = span.scope
  const attributes = attributesToJson(span.scope.attributes)
  const scope = {
    ...(name === undefined ? {} : { name }),
    ...(version === undefined ? {} : { version }),
    ...(isEmpty(attributes) ? {} : { attributes }),
  }
  return { ...(isEmpty(resource) ? {} : { resource }), ...(Object.keys(scope).length > 0 ? { scope } : {}) }
}

/** A person reads no more of them, and nobody reads a name of a million characters; the raw record holds all. */
const mostAttributes = 10_000
const longestName = 1000

function attributesOf({ attributes }: RawSpan): Pick<Span, 'attributes' | 'attributesLeftOut'> {
  const names = Object.keys(attributes)
  if (names.length <= mostAttributes && names.every(name => name.length <= longestName)) {
    return { attributes: attributesToJson(attributes) }
  }
  const shown = Object.create(null) as Record<string, AttributeValue>
  for (const name of names.slice(0, mostAttributes)) {
    const cut = `${name.slice(0, longestName).toWellFormed()}… (${name.length} characters)`
    shown[name.length > longestName ? cut : name] = attributes[name]!
  }
  const left = names.length - mostAttributes
  return { attributes: attributesToJson(shown), ...(left > 0 ? { attributesLeftOut: left } : {}) }
}

function isEmpty(object: JsonObject): boolean {
  return Object.keys(object).length === 0
}

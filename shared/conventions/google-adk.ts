// Google's Agent Development Kit: `gcp.vertex.agent.*` beside GenAI names, whole requests and answers as JSON.
// https://github.com/google/adk-python/blob/main/src/google/adk/telemetry/tracing.py
// "{}" is what it writes when content is not to be captured: withheld, not empty. A tool's arguments may really be empty.

import type { RawSpan } from '../domain/raw-span.ts'
import type { JsonObject } from '../domain/json.ts'
import { objectIn } from './bodies/fields.ts'
import { geminiUsage } from './bodies/gemini.ts'
import { kindRank, type Content, type Convention, type Facts, type Reading } from './convention.ts'
import { messagesOf, readInstructions, takeMessages } from './messages.ts'
import { first } from './parts.ts'
import { toolsOf } from './tools.ts'
import type { WrittenUsage } from './usage.ts'
import { asJson, asLabel, asObject, asText, isList, isObject, present, type Written } from './values.ts'

const own = 'gcp.vertex.agent.'
const request = `${own}llm_request`
const response = `${own}llm_response`
const args = `${own}tool_call_args`
const result = `${own}tool_response`

/** The text is short where it is "{}": a deferred one holds something. */
function isWithheld(value: Written): boolean {
  return value === '{}'
}

/** On a tool's span the request and the response of a model are always "{}": they say nothing there. */
function isCall(span: RawSpan): boolean {
  return span.attributes[request] !== undefined && span.attributes[result] === undefined
}

function facts(span: RawSpan, reading: Reading<Facts>): void {
  const a = span.attributes
  reading.take('session', asLabel(a[`${own}session_id`]), `${own}session_id`)
  if (a[result] !== undefined) reading.take('kind', 'tool', result, kindRank.shape)
  const call = isCall(span)
  if (call) reading.take('kind', 'generation', request, kindRank.shape)
  if (isWithheld(call ? a[response] : a[result])) reading.marks.push('masked')
}

/** Only where the GenAI names are missing: they say the same, and are short. */
function usage(span: RawSpan): WrittenUsage | undefined {
  const a = span.attributes
  if (a['gen_ai.usage.input_tokens'] !== undefined || !isCall(span)) return undefined
  const counted = geminiUsage(objectIn(asObject(a[response]), 'usage_metadata'))
  return counted && { ...counted, from: response }
}

function content(span: RawSpan, reading: Reading<Content>, known: Readonly<Facts>): void {
  const a = span.attributes
  if (known.kind === 'tool') {
    const written = { arguments: asJson(a[args]), result: isWithheld(a[result]) ? undefined : asJson(a[result]) }
    const name = known.toolName
    reading.take('tool', present({ ...reading.values.tool, name, ...written }), result, -1)
  } else if (isCall(span)) {
    const asked = asObject(a[request])
    if (asked) readRequest(asked, reading)
    const answered = asObject(a[response])
    if (answered) readResponse(answered, reading)
  }
  const data = a[`${own}data`]
  if (!isWithheld(data)) reading.take('input', asJson(data), `${own}data`)
}

function readRequest(asked: JsonObject, reading: Reading<Content>): void {
  const config = isObject(asked['config']) ? asked['config'] : {}
  const { http_options: _http, system_instruction, tools, labels: _labels, ...parameters } = config
  const system = readInstructions(system_instruction)
  const { contents } = asked
  const messages = contents === undefined ? undefined : messagesOf(isList(contents) ? contents : [contents], 'user')
  if (messages) {
    const all = system ? [system, ...messages] : messages
    takeMessages(reading, 'inputMessages', all, request)
  }
  if (isList(tools)) reading.take('toolsOffered', toolsOf(tools), request)
  if (Object.keys(parameters).length > 0) reading.take('parameters', parameters, request)
}

function readResponse(answered: JsonObject, reading: Reading<Content>): void {
  const said = answered['content']
  const messages = isObject(said) ? messagesOf([said], 'assistant') : undefined
  takeMessages(reading, 'outputMessages', messages, response)
  const reason = asText(first(answered, ['finish_reason', 'finishReason']))
  if (reason !== undefined) reading.take('finishReasons', [reason], response)
}

export const googleAdk: Convention = {
  id: 'google-adk',
  label: 'Google ADK',
  precedence: 4,
  prefixes: [own],
  reads: [request, response, args, result, `${own}session_id`, `${own}data`],
  keeps: [`${own}invocation_id`, `${own}event_id`],
  facts,
  content,
  usage,
}

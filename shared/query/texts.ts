import type { JsonValue } from '../domain/json.ts'
import type { Message, Part } from '../domain/message.ts'
import type { SearchedSpan } from '../domain/span.ts'
import { leaveOutBlobs } from './blobs.ts'

// Which texts of a span are searched, and as what: one list for the scan, the index, the highlighting and the tests.

/** Append only: the index of a store writes them as bits. */
export const contentFields = ['input', 'output', 'system', 'tool.args', 'tool.result', 'retrieved', 'error'] as const
export type ContentField = (typeof contentFields)[number]

/** One text: a part of a message, a tool's arguments, a document. A phrase or a regex never spans two. */
export interface SpanText {
  readonly text: string
  /** The content fields that hold it; free text searches it in any case. */
  readonly fields: readonly ContentField[]
  /** Runs of bytes that were left out of it. */
  readonly blobs?: number
}

/** The texts of one message. */
export function textsOfMessage(message: Message, side: 'input' | 'output'): SpanText[] {
  const texts: SpanText[] = []
  addMessage(message, side, adder(texts))
  return texts
}

function adder(texts: SpanText[]): Add {
  return (value, ...fields) => {
    const text = value === undefined ? undefined : textOf(value, fields)
    if (text) texts.push(text)
  }
}

/** What is searched of a value; undefined where that is nothing. */
export function textOf(value: JsonValue, fields: readonly ContentField[]): SpanText | undefined {
  const { text, runs } = leaveOutBlobs(looseJson(value))
  if (text === '') return undefined
  return runs === 0 ? { text, fields } : { text, fields, blobs: runs }
}

/** Everything free text searches, in the order in which a reader meets it. */
export function textsOf(span: SearchedSpan): SpanText[] {
  const texts: SpanText[] = []
  const add = adder(texts)
  add(span.name)
  for (const message of span.inputMessages ?? []) addMessage(message, 'input', add)
  add(span.query, 'input')
  add(span.input, 'input')
  add(span.tool?.name)
  add(span.tool?.arguments, 'input', 'tool.args')
  add(span.tool?.result, 'output', 'tool.result')
  for (const document of span.documents ?? []) {
    add(document.title, 'output', 'retrieved')
    add(document.content, 'output', 'retrieved')
    add(document.id)
    add(document.uri)
  }
  for (const message of span.outputMessages ?? []) addMessage(message, 'output', add)
  add(span.output, 'output')
  add(span.errorType, 'error')
  add(span.statusMessage, 'error')
  for (const { name, attributes } of span.events ?? []) {
    if (name !== 'exception') continue
    add(attributes['exception.type'], 'error')
    add(attributes['exception.message'], 'error')
  }
  return texts
}

type Add = (value: JsonValue | undefined, ...fields: ContentField[]) => void

function addMessage({ role, parts }: Message, side: 'input' | 'output', add: Add): void {
  const isSystem = side === 'input' && (role === 'system' || role === 'developer')
  for (const part of parts) addPart(part, isSystem ? ['input', 'system'] : [side], add)
}

function addPart(part: Part, fields: readonly ContentField[], add: Add): void {
  if (part.type === 'text' || part.type === 'reasoning' || part.type === 'refusal') add(part.text, ...fields)
  else if (part.type === 'tool_call') {
    add(part.name, ...fields)
    add(part.arguments, ...fields, 'tool.args')
  } else if (part.type === 'tool_result') {
    add(part.result, ...fields, 'tool.result', ...(part.error ? (['error'] as const) : []))
  } else if (part.type === 'media') add(part.uri ?? part.fileId, ...fields)
  else add(part.value, ...fields)
}

/**
 * A value as a reader sees it: a string as it is, anything else as JSON whose strings are not escaped, so that a line end
 * inside separates words.
 */
export function looseJson(value: JsonValue): string {
  if (typeof value === 'string') return value
  return value === null ? '' : write(value)
}

function write(value: JsonValue): string {
  if (typeof value === 'string') return `"${value}"`
  if (Array.isArray(value)) return `[${value.map(write).join(',')}]`
  if (typeof value !== 'object' || value === null) return String(value)
  return `{${Object.entries(value)
    .map(([key, item]) => `"${key}":${write(item)}`)
    .join(',')}}`
}

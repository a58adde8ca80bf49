// Streamed answers saved piece by piece: one event a line, or the `data:` lines of an event stream. The pieces of an
// answer become one span, its record the list of them. OpenAI Chat and Responses, Anthropic, Gemini, Ollama.

import { isMessageEvent } from '../../../shared/conventions/bodies/anthropic-messages-stream.ts'
import { isBody, labelOf, oneOf, wordIn, type Body } from '../../../shared/conventions/bodies/fields.ts'
import { gemini } from '../../../shared/conventions/bodies/gemini.ts'
import { eventApi } from '../../../shared/conventions/bodies/index.ts'
import { isResponseEnd } from '../../../shared/conventions/bodies/openai-responses-stream.ts'
import type { JsonObject } from '../../../shared/domain/json.ts'
import type { Attributes, RawSpan } from '../../../shared/domain/raw-span.ts'
import { alone, type Certainty, type Defer, type RecordReader, type RecordSink, type TraceFormat } from '../format.ts'
import { providerLog } from './provider-log.ts'
import { providerSpan } from './provider-span.ts'
import { plainAttributes, type Fields } from './values.ts'

/** The event itself, or the one that a line of a log wraps. */
function eventOf(record: Attributes): Body | undefined {
  if (sortOf(record) !== undefined) return record
  for (const name of ['data', 'chunk', 'event'] as const) {
    const inner = record[name]
    if (isBody(inner) && sortOf(inner) !== undefined) return inner
  }
  return undefined
}

function sortOf(event: Body): string | undefined {
  return eventApi(event)?.id ?? (gemini.isResponse(event) ? gemini.id : undefined)
}

function detect(record: JsonObject): Certainty {
  const event = eventOf(record)
  if (event !== undefined) return sortOf(event) === 'gemini' ? 'likely' : 'certain'
  return isPing(record) || isError(record) ? 'likely' : 'no'
}

/** Anthropic keeps its line open with these. */
function isPing(record: Fields): boolean {
  return record['type'] === 'ping' && Object.keys(record).length <= 2
}

/** The stream broke off with an error. */
function isError(record: Fields): boolean {
  return record['type'] === 'error' && isBody(record['error']) && Object.keys(record).length <= 3
}

/** One answer that is still coming in. */
interface Open {
  readonly sort: string
  readonly id: string | undefined
  readonly line: number
  readonly pieces: string[]
  bytes: number
}

const most = { answers: 64, bytes: 16 << 20, pieces: 200_000 }

class Reader implements RecordReader {
  private readonly open = new Map<string, Open>()

  read(record: JsonObject, sink: RecordSink): void {
    if (isPing(record)) return
    const event = eventOf(record)
    if (event === undefined) {
      this.fail(record, sink)
      return
    }
    const sort = sortOf(event)!
    const id = idOf(event)
    const key = keyOf(sort, id)
    let answer = this.open.get(key)
    if (answer && begins(sort, event, answer, id)) {
      this.close(key, sink)
      answer = undefined
    }
    // A whole answer on one line is no stream.
    if (!answer && isLast(sort, event) && (sort === gemini.id || 'done' in event)) {
      sink.span(record, alone, { as: providerLog.id })
      return
    }
    if (!answer) {
      if (this.open.size >= most.answers) this.close(this.open.keys().next().value!, sink)
      this.open.set(key, (answer = { sort, id, line: sink.line, pieces: [], bytes: 0 }))
    }
    const piece = sink.hold(record)
    answer.pieces.push(piece)
    answer.bytes += piece.length
    const isFull = answer.bytes > most.bytes || answer.pieces.length > most.pieces
    if (isFull || isLast(sort, event)) this.close(key, sink)
  }

  end(sink: RecordSink): void {
    for (const key of this.open.keys()) this.close(key, sink)
  }

  /** An error ends what was open last; alone it is an answer of its own. */
  private fail(record: JsonObject, sink: RecordSink): void {
    const key = [...this.open.keys()].at(-1)
    if (key === undefined) {
      sink.span(record, alone, { as: providerLog.id })
      return
    }
    this.open.get(key)!.pieces.push(sink.hold(record))
    this.close(key, sink)
  }

  private close(key: string, sink: RecordSink): void {
    const answer = this.open.get(key)
    if (!answer) return
    this.open.delete(key)
    sink.compose(`{"stream":[${answer.pieces.join(',')}]}`, record => sink.span(record, alone), answer.line)
  }
}

/** Pieces of one answer share an id in chats; other interfaces send one answer at a time. */
function keyOf(sort: string, id: string | undefined): string {
  return sort === 'openai-chat' ? `${sort} ${id ?? ''}` : sort
}

function idOf(event: Body): string | undefined {
  return labelOf(oneOf(event, 'id', 'responseId', 'response_id'))
}

/** Whether this piece cannot belong to the answer that is open. */
function begins(sort: string, event: Body, open: Open, id: string | undefined): boolean {
  const type = wordIn(event, 'type')
  if (sort === 'anthropic-messages') return type === 'message_start'
  if (sort === 'openai-responses') return type === 'response.created' || type === 'response.queued'
  return sort === gemini.id && id !== undefined && open.id !== undefined && id !== open.id
}

/** Whether nothing can follow this piece. A chat's usage comes after its last words, so a chat is over with its file. */
function isLast(sort: string, event: Body): boolean {
  if (sort === 'openai-responses') return isResponseEnd(event)
  if (isMessageEvent(event)) return event['type'] === 'message_stop'
  if (sort !== gemini.id) return event['done'] === true
  const candidates = event['candidates']
  const first = Array.isArray(candidates) ? (candidates[0] as unknown) : undefined
  return isBody(first) && (first['finishReason'] ?? first['finish_reason'] ?? null) !== null
}

function rawSpan(record: object, _context: object, defer: Defer): RawSpan {
  return providerSpan(plainAttributes(record as Fields, defer))
}

export const providerStream: TraceFormat = {
  id: 'provider-stream',
  label: 'Streamed answers',
  detect,
  open: () => new Reader(),
  rawSpan,
}

// Batch files: requests and results, one a line, results in any order.
// https://platform.openai.com/docs/guides/batch, https://docs.anthropic.com/en/api/creating-message-batches,
// https://ai.google.dev/gemini-api/docs/batch-api
// A request and its result meet on their id where both are in one file (or one archive): the id is unique only within
// a batch, so files that were not put together are not joined.

import { hash } from 'node:crypto'
import { findBodies } from '../../../shared/conventions/bodies/find-bodies.ts'
import { isBody, labelOf, objectIn, wordIn } from '../../../shared/conventions/bodies/fields.ts'
import type { JsonObject } from '../../../shared/domain/json.ts'
import type { Attributes, RawSpan } from '../../../shared/domain/raw-span.ts'
import { alone, type Certainty, type Defer, type RecordReader, type RecordSink, type TraceFormat } from '../format.ts'
import { providerSpan } from './provider-span.ts'
import { contextIn, isObject, plainAttributes, type Fields } from './values.ts'

function detect(record: JsonObject): Certainty {
  if ('custom_id' in record) return isRequest(record) || isResult(record) ? 'certain' : 'no'
  const { key, request, response, error, ...rest } = record
  if (typeof key !== 'string' || Object.keys(rest).some(name => name !== 'metadata' && name !== 'status')) return 'no'
  return [request, response, error].some(isObject) ? 'certain' : 'no'
}

function isRequest(record: Fields): boolean {
  return isObject(record['body']) || isObject(record['params']) || ('key' in record && isObject(record['request']))
}

function isResult(record: Fields): boolean {
  const { result, response, error } = record
  return isObject(result) || isObject(response) || isObject(error) || (response === null && 'error' in record)
}

/** Requests that wait for their result: ids are kept, never texts. */
const mostWaiting = 100_000

interface Context {
  readonly span?: string
}

class Reader implements RecordReader {
  private readonly waiting = new Map<string, { isRequest: boolean; context: Context }>()

  read(record: JsonObject, sink: RecordSink): void {
    const id = labelOf(record['custom_id'] ?? record['key'])
    const asks = isRequest(record)
    // A record that holds both waits for nothing.
    if (id === undefined || (asks && isResult(record))) {
      sink.span(record, alone)
      return
    }
    const other = this.waiting.get(id)
    if (other && other.isRequest !== asks) {
      this.waiting.delete(id)
      sink.span(record, other.context)
      return
    }
    const context: Context = { span: hash('sha256', `batch ${sink.hold(record)}`, 'hex') }
    if (this.waiting.size < mostWaiting) this.waiting.set(id, { isRequest: asks, context })
    sink.span(record, context)
  }
}

function rawSpan(record: object, context: object, defer: Defer): RawSpan {
  const attributes = plainAttributes(record as Fields, defer)
  const { span } = contextIn<Context>(context, { span: 'string' })
  const name = labelOf(attributes['custom_id'] ?? attributes['key'])
  const end = endOf(attributes)
  return providerSpan(attributes, {
    ...(span === undefined ? {} : { traceId: span.slice(0, 32), spanId: span.slice(32, 48) }),
    ...(name === undefined ? {} : { name }),
    parentId: undefined,
    ...end,
  })
}

/** A result that is none: the provider ran nothing, or gave up. */
function endOf(attributes: Attributes): { status?: 'error'; statusMessage?: string } {
  const type = wordIn(objectIn(attributes, 'result'), 'type')
  const failed = type !== undefined && type !== 'succeeded'
  const refused = isBody(attributes['error']) && findBodies(attributes).response === undefined
  if (!failed && !refused) return {}
  return { status: 'error', ...(failed && type !== 'errored' ? { statusMessage: type } : {}) }
}

export const providerBatch: TraceFormat = {
  id: 'provider-batch',
  label: 'Batch file',
  detect,
  open: () => new Reader(),
  rawSpan,
}

// Requests exported from Helicone, with or without their bodies. https://docs.helicone.ai/tools/export
// Requests of a session are a trace: a path (`/answer/search`) hangs below the one it begins with, where that is known.

import { hash } from 'node:crypto'
import { propertiesOf, propertyIn } from '../../../shared/conventions/helicone.ts'
import type { JsonObject } from '../../../shared/domain/json.ts'
import type { RawSpan } from '../../../shared/domain/raw-span.ts'
import { millisecondsToNano, parseTime } from '../../../shared/domain/times.ts'
import { alone, type Certainty, type Defer, type RecordReader, type RecordSink, type TraceFormat } from '../format.ts'
import { providerSpan } from './provider-span.ts'
import { contextIn, plainAttributes, textIn, type Fields, printed } from './values.ts'

function detect(record: JsonObject): Certainty {
  if (!('request_created_at' in record)) return 'no'
  const own = ['request_body', 'response_body', 'signed_body_url', 'request_path', 'delay_ms', 'response_status']
  return own.some(name => name in record) || Object.keys(record).some(name => name.startsWith('helicone_'))
    ? 'certain'
    : 'no'
}

interface Context {
  readonly parent?: string
}

const mostPaths = 100_000

class Reader implements RecordReader {
  /** The request that first had a session's path. */
  private readonly byPath = new Map<string, string>()

  read(record: JsonObject, sink: RecordSink): void {
    const properties = propertiesOf(record)
    const session = propertyIn(properties, 'helicone-session-id')
    const path = propertyIn(properties, 'helicone-session-path')
    const id = record['request_id']
    if (session === undefined || path === undefined || typeof id !== 'string') {
      sink.span(record, alone)
      return
    }
    const parent = this.parentOf(session, path)
    const key = `${session} ${path}`
    if (!this.byPath.has(key) && this.byPath.size < mostPaths) this.byPath.set(key, id)
    sink.span(record, parent === undefined || parent === id ? alone : { parent })
  }

  private parentOf(session: string, path: string): string | undefined {
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
      const found = this.byPath.get(`${session} ${path.slice(0, at)}`)
      if (found !== undefined) return found
    }
    return undefined
  }
}

function rawSpan(record: object, context: object, defer: Defer): RawSpan {
  const row = record as Fields
  const attributes = plainAttributes(row, defer)
  const session = propertyIn(propertiesOf(attributes), 'helicone-session-id')
  const start = parseTime(row['request_created_at'])
  const end = parseTime(row['response_created_at'])
  const length = millisecondsToNano(row['delay_ms'])
  const status = Number(printed(row['response_status']))
  const { parent } = contextIn<Context>(context, { parent: 'string' })
  const path = propertyIn(propertiesOf(attributes), 'helicone-session-path')
  const id = textIn(row['request_id'], defer) ?? ''
  return providerSpan(attributes, {
    // The requests of one session are one piece of work.
    traceId:
      session === undefined ? (id === '' ? '' : digest(`helicone ${id}`)) : digest(`helicone session ${session}`),
    spanId: id,
    parentId: parent,
    ...(path === undefined ? {} : { name: path }),
    start: start?.ns,
    end: end?.ns,
    ...(end === undefined && length !== undefined ? { duration: length } : {}),
    ...(Number.isInteger(status) && status > 0 ? { status: status >= 400 ? 'error' : 'ok' } : {}),
    ...(start?.noZone ? { marks: ['no-zone'] } : {}),
    dialect: 'helicone',
  })
}

function digest(text: string): string {
  return hash('sha256', text, 'hex').slice(0, 32)
}

export const helicone: TraceFormat = {
  id: 'helicone',
  label: 'Helicone export',
  detect,
  open: () => new Reader(),
  rawSpan,
}

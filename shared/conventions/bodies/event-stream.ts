import type { AttributeValue } from '../../domain/raw-span.ts'
import { parseJson } from '../json-text.ts'
import { isObject } from '../values.ts'
import { isBody, type Body } from './fields.ts'
import { gemini } from './gemini.ts'
import { eventApi } from './index.ts'
import type { Assembled, ProviderApi } from './provider-api.ts'

/** Whether a text is a saved event stream (server-sent events). */
export function isEventStream(text: string): boolean {
  return /^\s*(?:data|event|id|retry):/.test(text.slice(0, 200))
}

/** The JSON objects of an event stream: what stands after `data:`, joined up to the next blank line. */
export function parseEventStream(text: string): Body[] {
  const events: Body[] = []
  let data: string[] = []
  const flush = () => {
    const joined = data.length > 0 ? parseJson(data.join('\n')) : undefined
    // Some writers leave the blank lines out: then every line is an event.
    const found = joined === undefined ? data.map(line => parseJson(line)) : [joined]
    for (const event of found) if (isObject(event)) events.push(event)
    data = []
  }
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith('data:')) data.push(line.slice(5).trimStart())
    else if (line.trim() === '') flush()
  }
  flush()
  return events
}

export interface AssembledStream extends Assembled {
  readonly api: ProviderApi
  /** An error that the provider sent instead of going on. */
  readonly error?: Body
}

/** Puts the pieces of one streamed answer together; undefined when these are none. */
export function assembleStream(items: readonly AttributeValue[] | readonly Body[]): AssembledStream | undefined {
  const events = (items as readonly AttributeValue[]).filter(isBody)
  let api: ProviderApi | undefined
  for (const event of events) {
    api = eventApi(event) ?? (gemini.isResponse(event) ? gemini : undefined)
    if (api) break
  }
  if (!api?.assemble) return undefined
  const failure = events.find(event => isBody(event['error']))
  return { api, ...api.assemble(events), ...(failure ? { error: failure } : {}) }
}

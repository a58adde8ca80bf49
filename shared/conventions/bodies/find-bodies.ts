import type { Attributes, AttributeValue } from '../../domain/raw-span.ts'
import { parseJson } from '../json-text.ts'
import { isDeferred, isObject, type Written } from '../values.ts'
import { assembleStream, isEventStream, parseEventStream } from './event-stream.ts'
import { isBody, isItems, type Body } from './fields.ts'
import { requestApi, responseApi } from './index.ts'
import type { ProviderApi } from './provider-api.ts'

/** A provider's body within a record. */
export interface FoundBody {
  /** Names on the way to it, joined by dots; empty for the record itself. */
  readonly path: string
  readonly body: Body
  readonly api: ProviderApi
  /** Put together from the pieces of a stream. */
  readonly streamed?: boolean
  /** The stream broke off. */
  readonly broken?: boolean
  /** The JSON text in which it stands, and where in it. Absent where it stands in the record itself. */
  readonly spelled?: { readonly text: string; readonly at: readonly string[] }
  /** What the stream broke off with. */
  readonly error?: Body
}

export interface Bodies {
  readonly request?: FoundBody
  readonly response?: FoundBody
  /** The first `error` that is there, wherever it stands. */
  readonly error?: { readonly path: string; readonly value: Written }
  /** The record and the objects in it that are no bodies: where an envelope's fields stand. */
  readonly around: readonly Body[]
}

/** How deep bodies are looked for, and in how many objects: envelopes are shallow. */
const deepest = 5
const mostObjects = 64

/** Texts under such names may hold a body as JSON or as an event stream. Others are not looked into. */
const telling =
  /req|res|body|input|output|payload|raw|completion|message|content|text|data|params|result|kwargs|args|log/i

const remembered = new WeakMap<Attributes, Bodies>()

/** Finds the bodies anywhere shallow in a record: as objects, as JSON in a text, as the pieces of a stream. */
export function findBodies(record: Attributes): Bodies {
  let found = remembered.get(record)
  if (!found) remembered.set(record, (found = search(record, textOf)))
  return found
}

/** The same without reading texts: for telling what a record is. */
export function glanceAtBodies(record: Attributes): Bodies {
  return search(record, value => (typeof value === 'string' && value.charCodeAt(0) !== 0 ? value : undefined))
}

function textOf(value: AttributeValue): string | undefined {
  return typeof value === 'string' ? value : isDeferred(value) ? value.read() : undefined
}

interface Place {
  readonly value: Body
  readonly path: string
  readonly depth: number
  readonly spelled?: FoundBody['spelled']
  /** Within a body: nothing of an envelope stands there. */
  readonly inside: boolean
}

/** Of a record that is a body itself, the parts in which people put what they know of the call. */
const ownWords = new Set(['metadata', 'meta', 'context', 'extra', 'error'])

function search(record: Attributes, read: (value: AttributeValue) => string | undefined): Bodies {
  const queue: Place[] = [{ value: record, path: '', depth: 0, inside: false }]
  const requests: Place[] = []
  const around: Body[] = []
  // In a record of ours (shared/replay/record.ts): it tells of the call that was sent again, not of the answer.
  const ofAnother = record['spanwise'] === 'replay' ? 'replay' : undefined
  let response: FoundBody | undefined
  let error: Bodies['error']
  for (let i = 0; i < queue.length && i < mostObjects; i++) {
    const place = queue[i]!
    const { value, path, depth, inside, spelled } = place
    const api = response ? undefined : responseApi(value)
    if (api) {
      response = { path, body: value, api, ...(api.responseFacts(value).unfinished ? { broken: true } : {}) }
      if (path !== '') continue
    }
    const asks = !api && !inside && requestApi(value) !== undefined
    if (asks) requests.push(place)
    if (!inside && (path === '' || !asks)) around.push(value)
    if (!inside) error ??= errorIn(value, path)
    if (depth === deepest) continue
    for (const name of Object.keys(value)) {
      if (path === '' && name === ofAnother) continue
      const item = value[name]!
      const at = path === '' ? name : `${path}.${name}`
      const within = inside || ((asks || api !== undefined) && !(path === '' && ownWords.has(name)))
      const put = (body: Body, from?: FoundBody['spelled']) =>
        queue.push({ value: body, path: at, depth: depth + 1, inside: within, ...(from ? { spelled: from } : {}) })
      if (isBody(item)) put(item, spelled && { text: spelled.text, at: [...spelled.at, name] })
      else if (isItems(item)) response ??= streamed(item, at)
      else if (telling.test(name)) {
        const text = typeof item === 'string' || isDeferred(item) ? read(item) : undefined
        if (text === undefined) continue
        if (isEventStream(text)) response ??= streamed(parseEventStream(text), at)
        else {
          const inner = parseJson(text)
          if (isObject(inner)) put(inner, { text, at: [] })
          else if (isItems(inner)) {
            response ??= streamed(inner, at)
            // The arguments, or the results, of a function that was traced.
            if (isObject(inner[0])) put(inner[0], { text, at: ['0'] })
          }
        }
      }
    }
  }
  const request = chooseRequest(requests, response)
  if (response?.error) error ??= { path: response.path, value: response.error }
  return { ...(request ? { request } : {}), ...(response ? { response } : {}), ...(error ? { error } : {}), around }
}

/** The one that the response answers, else the first. */
function chooseRequest(places: readonly Place[], response: FoundBody | undefined): FoundBody | undefined {
  const fitting = response && places.find(({ value }) => response.api.isRequest(value) !== 'no')
  const place = fitting ?? places[0]
  const api = place && requestApi(place.value, response?.api)
  return api && { path: place.path, body: place.value, api, ...(place.spelled ? { spelled: place.spelled } : {}) }
}

function streamed(items: readonly AttributeValue[] | readonly Body[], path: string): FoundBody | undefined {
  if (!isBody(items[0])) return undefined
  const made = assembleStream(items)
  if (!made) return undefined
  const { body, api, finished, error } = made
  return { path, body, api, streamed: true, ...(finished ? {} : { broken: true }), ...(error ? { error } : {}) }
}

function errorIn(value: Body, path: string): Bodies['error'] {
  const { error } = value
  if (error === undefined || error === null || error === false || error === '') return undefined
  if (isBody(error) && Object.keys(error).length === 0) return undefined
  return { path: path === '' ? 'error' : `${path}.error`, value: error }
}

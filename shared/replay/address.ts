import { findBodies } from '../conventions/bodies/find-bodies.ts'
import type { RawSpan } from '../domain/raw-span.ts'
import type { Dialect } from './dialects/dialect.ts'
import { dialectOf } from './dialects/index.ts'

/** Where the request was sent to, as far as the log tells: never where it is sent again. */
export interface LoggedAddress {
  readonly path: string
  readonly from: string
}

/** Whose requests go to such a path. */
export function dialectAt(path: string): Dialect | undefined {
  const end = path.replace(/[?#].*$/, '')
  if (end.endsWith('/chat/completions')) return dialectOf('openai-chat')
  if (end.endsWith('/responses')) return dialectOf('openai-responses')
  if (end.endsWith('/messages')) return dialectOf('anthropic')
  if (/:(?:stream)?generateContent$/i.test(end)) return dialectOf('gemini')
  return end.endsWith('/api/chat') ? dialectOf('ollama-chat') : undefined
}

const addressNames = [
  'url',
  'path',
  'request_path',
  'endpoint',
  'url.full',
  'http.url',
  'url.path',
  'http.target',
  'request_url',
]

export function findAddress({ attributes }: RawSpan): LoggedAddress | undefined {
  for (const object of findBodies(attributes).around) {
    for (const name of addressNames) {
      const value = object[name]
      if (typeof value !== 'string' || value.length > 2000) continue
      const path = value.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, '')
      if (dialectAt(path)) return { path, from: name }
    }
  }
  return undefined
}

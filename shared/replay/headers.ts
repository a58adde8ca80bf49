import { asWord, isList, isObject } from '../conventions/values.ts'
import type { Attributes, AttributeValue } from '../domain/raw-span.ts'

// Of the headers in a log only these are taken: what else stands there may be a key, or send the request elsewhere.

const taken: ReadonlySet<string> = new Set(['anthropic-version', 'anthropic-beta', 'openai-beta'])

const prefixes = ['http.request.header.', 'ai.request.headers.', 'llm.request.headers.', 'request.headers.']

export interface LoggedHeader {
  readonly value: string
  /** The attribute that has it. */
  readonly from: string
}

/** Headers of the request that say how it is read, wherever a record has them. */
export function loggedHeaders(attributes: Attributes): ReadonlyMap<string, LoggedHeader> {
  const found = new Map<string, LoggedHeader>()
  const put = (written: string, value: unknown, from: string): void => {
    const name = written.toLowerCase().replaceAll('_', '-')
    const text = textOf(value)
    if (taken.has(name) && text !== undefined && !found.has(name)) found.set(name, { value: text, from })
  }
  const walk = (object: Attributes, path: string, levels: number): void => {
    for (const name of Object.keys(object)) {
      const value = object[name]
      const at = path === '' ? name : `${path}.${name}`
      const prefix = prefixes.find(start => name.startsWith(start))
      if (prefix !== undefined) put(name.slice(prefix.length), value, at)
      if (name.toLowerCase() === 'anthropic_version' || name.toLowerCase() === 'anthropic-version') put(name, value, at)
      if (levels > 0 && isAttributes(value)) walk(value, at, levels - 1)
      // A list of `{name, value}`.
      if (/headers$/i.test(name) && Array.isArray(value)) {
        for (const item of value as readonly AttributeValue[]) {
          if (isAttributes(item) && typeof item['name'] === 'string') put(item['name'], item['value'], at)
        }
      }
      if (/headers$/i.test(name) && isAttributes(value))
        for (const header of Object.keys(value)) put(header, value[header], at)
    }
  }
  walk(attributes, '', 3)
  return found
}

function isAttributes(value: unknown): value is Attributes {
  return isObject(value as never) && !('deferred' in (value as object))
}

/** Printable and short: it goes into a header again. Several values are one, with commas between them. */
function textOf(value: unknown): string | undefined {
  const text = isList(value as never)
    ? (value as unknown[]).filter(item => typeof item === 'string').join(',')
    : asWord(value as never)
  return text !== undefined && /^[\w.,;:=+/ -]{1,200}$/.test(text) ? text : undefined
}

/** The first version that refuses what all before it took. */
const strictVersion = '2026-10-21'
const strictFrom = 1_792_540_800_000_000_000n

/**
 * The version by which Anthropic reads a request, where the log has none. There was one until October 2026; the one that came
 * then refuses temperatures, so that a request with one was of the version before.
 */
export function versionOf(
  start: bigint | undefined,
  body: { readonly [name: string]: unknown },
): { readonly version: string; readonly note: string; readonly isKnown: boolean } {
  const before = '2023-06-01'
  if (['temperature', 'top_p', 'top_k'].some(name => body[name] !== undefined))
    return {
      version: before,
      note: `not in the log; ${strictVersion} refuses what this request says of sampling`,
      isKnown: true,
    }
  if (start !== undefined && start < strictFrom)
    return {
      version: before,
      note: 'not in the log; the only version there was at the time of the call',
      isKnown: true,
    }
  return { version: before, note: `not in the log; the call may have been of ${strictVersion}`, isKnown: false }
}

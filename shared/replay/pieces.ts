import { errorOf } from '../conventions/bodies/envelope.ts'
import { findBodies } from '../conventions/bodies/find-bodies.ts'
import type { ResponseFacts } from '../conventions/bodies/provider-api.ts'
import { asText, isObject } from '../conventions/values.ts'
import type { JsonObject, JsonValue } from '../domain/json.ts'

/** What one event of a streamed answer adds to it, as it is shown while it comes. The answer itself is put together from all. */
export interface Piece {
  readonly text?: string
  readonly reasoning?: string
  readonly toolCalls?: readonly CallPiece[]
  /** Nothing follows: without it a stream broke off. */
  readonly end?: true
  /** The provider gave up. */
  readonly error?: ProviderError
}

export interface CallPiece {
  /** Its place among the calls, or parts, of the answer. */
  readonly index: number
  readonly name?: string
  /** The next characters of its arguments' JSON. */
  readonly arguments?: string
}

export interface ProviderError {
  readonly type?: string
  readonly message: string
}

export const nothing: Piece = {}

/** What a provider said went wrong, in whatever shape it says so; undefined where a body says nothing of the kind. */
export function errorIn(body: JsonValue | undefined): ProviderError | undefined {
  // Gemini wraps it in a list where it would have streamed.
  const [only] = Array.isArray(body) ? (body as readonly JsonValue[]) : [body]
  if (!isObject(only)) return undefined
  const plain = only['message'] ?? only['detail']
  return providerError(errorOf(findBodies(only)) ?? (typeof plain === 'string' ? { message: plain } : undefined))
}

/** Undefined where nothing is said of what went wrong. */
export function providerError(said: ResponseFacts['failed']): ProviderError | undefined {
  if (!said) return undefined
  const { type } = said
  const message = said.message === undefined ? undefined : asText(said.message)
  if (type === undefined) return message === undefined ? undefined : { message }
  return { type, message: message ?? `The provider ended this with “${type}”, and says no more.` }
}

/** An event that is nothing but an error. */
export function errorPiece(event: JsonObject): Piece | undefined {
  const { error, type } = event
  if ((error === undefined || error === null || error === false || error === '') && type !== 'error') return undefined
  return { error: errorIn(event) ?? { message: 'The provider ended the answer with an error.' } }
}

/** The texts of an event, those that are there and say something. */
export function pieceOf({ text, reasoning, toolCalls, end }: { [K in keyof Piece]?: unknown }): Piece {
  return {
    ...(typeof text === 'string' && text !== '' ? { text } : {}),
    ...(typeof reasoning === 'string' && reasoning !== '' ? { reasoning } : {}),
    ...(Array.isArray(toolCalls) && toolCalls.length > 0 ? { toolCalls: toolCalls as CallPiece[] } : {}),
    ...(end === true ? { end } : {}),
  }
}

export function callPiece(index: unknown, otherwise: number, name: unknown, args: unknown): CallPiece {
  const written =
    typeof args === 'string' ? args : args === undefined || args === null ? undefined : JSON.stringify(args)
  return {
    index: Number.isSafeInteger(index) ? (index as number) : otherwise,
    ...(typeof name === 'string' && name !== '' ? { name } : {}),
    ...(written === undefined ? {} : { arguments: written }),
  }
}

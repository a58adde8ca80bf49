import type { JsonObject, JsonValue } from '../../domain/json.ts'
import type { Message, Prompt, RetrievedDocument, ToolOffer } from '../../domain/message.ts'
import type { Nanoseconds } from '../../domain/units.ts'
import type { CallTerms } from '../../money/factors.ts'
import type { CountingRule, WrittenUsage } from '../usage.ts'
import { emptyObject, type Written } from '../values.ts'
import { wordIn, type Body } from './fields.ts'

/** What a request says in short words. */
export interface RequestFacts {
  readonly model?: string
  readonly streamed?: boolean
  readonly user?: string
  readonly promptName?: string
  readonly promptVersion?: string
}

/** What a response says in short words. */
export interface ResponseFacts {
  readonly id?: string
  readonly model?: string
  readonly usage?: WrittenUsage
  /** In dollars, as written. */
  readonly cost?: Written
  /** How the call was made, as far as that changes the price. */
  readonly terms?: CallTerms
  /** Who answered, where many serve the interface and the body tells. */
  readonly provider?: string
  /** When the provider made it, as written. */
  readonly created?: Written
  /** When it was done, as written. */
  readonly ended?: Written
  readonly duration?: Nanoseconds
  /** The answer is not whole: still running, or cut off. */
  readonly unfinished?: boolean
  /** The call failed; what is known of why. */
  readonly failed?: { readonly type?: string; readonly message?: Written }
}

export interface RequestContent {
  readonly messages?: readonly Message[]
  readonly parameters?: JsonObject
  readonly tools?: readonly ToolOffer[]
  readonly metadata?: JsonObject
  readonly prompt?: Prompt
}

export interface ResponseContent {
  readonly messages?: readonly Message[]
  readonly finishReasons?: readonly string[]
  readonly documents?: readonly RetrievedDocument[]
  readonly query?: string
  /** Tools the answer lists (a server's, found while answering). */
  readonly tools?: readonly ToolOffer[]
}

/** Pieces of a streamed answer, put together into the body that the provider would have sent at once. */
export interface Assembled {
  readonly body: Body
  /** The provider said that it was done. */
  readonly finished: boolean
}

/**
 * One interface of a provider: how its requests and responses are told from others, and what they say. Facts are read
 * while importing and touch no deferred text; contents are read from JSON. None throws on hostile input.
 */
export interface ProviderApi {
  readonly id: string
  /** As the OpenTelemetry conventions call it. Absent where many serve the same interface. */
  readonly provider?: string
  readonly kind: 'generation' | 'embedding'
  readonly operation: string
  isRequest(body: Body): 'certain' | 'likely' | 'no'
  isResponse(body: Body): boolean
  requestFacts(body: Body): RequestFacts
  responseFacts(body: Body): ResponseFacts
  readRequest(body: JsonObject): RequestContent
  readResponse(body: JsonObject): ResponseContent
  /** How many messages stand there, told without reading them. */
  countRequest(body: Body): number
  countResponse(body: Body): number
  /** Whether this is a piece of a streamed answer. */
  isEvent?(event: Body): boolean
  assemble?(events: readonly Body[]): Assembled
}

export const inclusive: CountingRule = { inputHasCache: true, outputHasReasoning: true }

/** A request without what is read elsewhere: its parameters. */
export function parametersOf(body: JsonObject, elsewhere: ReadonlySet<string>): JsonObject | undefined {
  const parameters = emptyObject()
  let any = false
  for (const name of Object.keys(body)) {
    const value: JsonValue | undefined = body[name]
    if (elsewhere.has(name) || value === undefined || value === null) continue
    parameters[name] = value
    any = true
  }
  return any ? parameters : undefined
}

/** What an object says of the terms of a call; undefined where it says nothing. */
export function termsIn(body: Body | undefined): CallTerms | undefined {
  const tier = wordIn(body, 'service_tier')
  const speed = wordIn(body, 'speed')
  const geo = wordIn(body, 'inference_geo')
  if ((tier ?? speed ?? geo) === undefined) return undefined
  return {
    ...(tier === undefined ? {} : { tier }),
    ...(speed === undefined ? {} : { speed }),
    ...(geo === undefined ? {} : { geo }),
  }
}

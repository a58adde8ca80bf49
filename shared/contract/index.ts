import { app, appEvents } from './app.ts'
import { charts } from './charts.ts'
import { costs } from './costs.ts'
import { exports } from './exports.ts'
import { imports, importEvents } from './imports.ts'
import { latency } from './latency.ts'
import { lists } from './lists.ts'
import { notes, noteEvents } from './notes.ts'
import { rereading, rereadingEvents } from './rereading.ts'
import { scores, scoreEvents } from './scores.ts'
import { prices } from './prices.ts'
import { promptEvents, prompts } from './prompts.ts'
import { replay, replayEvents } from './replay.ts'
import { search } from './search.ts'
import { shell, shellEvents } from './shell.ts'
import { settings } from './settings.ts'
import { stores, storeEvents } from './stores.ts'
import { textIndex, textIndexEvents } from './text-index.ts'
import { traces } from './traces.ts'
import { successes } from './success.ts'
import { views } from './views.ts'
import type { z } from './schemas.ts'

/** Everything a host may ask, by channel name. Inputs and outputs are validated at run time on both ends. */
export const requests = {
  ...app,
  ...imports,
  ...exports,
  ...rereading,
  ...traces,
  ...replay,
  ...search,
  ...lists,
  ...costs,
  ...charts,
  ...latency,
  ...prices,
  ...prompts,
  ...textIndex,
  ...notes,
  ...views,
  ...successes,
  ...scores,
  ...settings,
  ...stores,
  ...shell,
} as const
/** Everything the inspector tells by itself. */
export const events = {
  ...appEvents,
  ...importEvents,
  ...rereadingEvents,
  ...noteEvents,
  ...scoreEvents,
  ...promptEvents,
  ...replayEvents,
  ...textIndexEvents,
  ...storeEvents,
  ...shellEvents,
} as const

export type Requests = typeof requests
export type RequestName = keyof Requests
export type Input<K extends RequestName> = z.input<Requests[K]['in']>
export type Output<K extends RequestName> = z.output<Requests[K]['out']>
export type Events = typeof events
export type EventName = keyof Events
export type EventData<K extends EventName> = z.output<Events[K]>

/** The part of the platform's AbortSignal that we use: shared code knows neither DOM nor Node. */
export interface CancelSignal {
  readonly aborted: boolean
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void
  removeEventListener(type: 'abort', listener: () => void): void
}

/** What a page holds: the contract as functions. A signal cancels a request that runs long. */
export interface Client {
  ask<K extends RequestName>(name: K, input: Input<K>, signal?: CancelSignal): Promise<Output<K>>
  on<K extends EventName>(name: K, listener: (data: EventData<K>) => void): () => void
}

export type Handlers = {
  readonly [K in RequestName]: (
    input: z.output<Requests[K]['in']>,
    signal: CancelSignal,
  ) => Promise<Output<K>> | Output<K>
}
export type Emit = <K extends EventName>(name: K, data: EventData<K>) => void

/** A failure on the wire: a stable code and a sentence a user can act on; never a stack. */
export interface WireError {
  readonly code: string
  readonly message: string
  readonly details?: string
}
export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: WireError }

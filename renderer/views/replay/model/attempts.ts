import type { Input } from '../../../../shared/contract/index.ts'
import type { EarlierAnswer, Sent } from '../../../../shared/contract/replay.ts'
import type { PageClient } from '../../../state/client.ts'
import { type RequestError, toRequestError } from '../../../state/request-error.ts'
import { createStore, type Store } from '../../../state/store.ts'
import { Stream } from './stream.ts'

/** An answer in the store. What went over the wire only the window knows that sent it. */
export type StoredAnswer = Omit<EarlierAnswer, 'at' | 'connection' | 'model'> &
  Partial<Pick<Sent, 'bytesOut' | 'bytesIn'>>

/** A request that was sent, and what became of it. */
export interface Attempt {
  readonly send: string
  /** Milliseconds since 1970. */
  readonly at: number
  readonly connection: string
  readonly model: string | undefined
  /** Absent of one that another window sent, or this one before it was opened again. */
  readonly stream?: Stream
  /** The run that it was sent in, where it is one of several. */
  readonly run?: string
  /** Which of several requests it was. */
  readonly variant?: string
  /** Stored; absent while it is on its way, and where nothing came. */
  readonly sent?: StoredAnswer
  readonly error?: RequestError
  /** A person stopped it: what it ends with is on the way. */
  readonly isStopping?: true
}

export interface ToSend {
  readonly id: number
  readonly connection: string
  readonly model: string | undefined
  readonly changes: Pick<Input<'replay.send'>, 'model' | 'edits' | 'body' | 'prompt'>
  readonly run?: string
  readonly variant?: string
  /** Dollars that its run may come to. */
  readonly ceiling?: number
  /** A person said that it goes without what is missing. */
  readonly lossy?: boolean
}

export function isGoing({ sent, error }: Attempt): boolean {
  return !sent && !error
}

/** The attempts of this window and those that the store has besides, the latest first. */
export function withEarlier(mine: readonly Attempt[], earlier: readonly EarlierAnswer[]): readonly Attempt[] {
  const known = new Set(mine.map(({ sent }) => sent?.span))
  const others = earlier.flatMap(({ at, connection, model, ...sent }): Attempt[] =>
    known.has(sent.span) ? [] : [{ send: `span ${sent.span}`, at, connection, model, ...toldOf(sent), sent }],
  )
  return others.length === 0 ? mine : [...mine, ...others].toSorted((a, b) => b.at - a.at)
}

function toldOf({ run, variant }: Pick<EarlierAnswer, 'run' | 'variant'>): Pick<Attempt, 'run' | 'variant'> {
  return { run, ...(variant === undefined ? {} : { variant }) }
}

/** Characters by which requests of a run are told apart. */
const longestVariant = 500

/** Requests of one window, by the call they were made of. They go on while another view is open. */
export class Attempts {
  private readonly client: PageClient
  private readonly byCall = new Map<number, Store<readonly Attempt[]>>()
  private readonly streams = new Map<string, Stream>()

  constructor(client: PageClient) {
    this.client = client
    client.on('replay.progress', told => this.streams.get(told.send)?.add(told))
  }

  /** The latest first. */
  of(call: number): Store<readonly Attempt[]> {
    const found = this.byCall.get(call) ?? createStore<readonly Attempt[]>([])
    this.byCall.set(call, found)
    return found
  }

  /** Resolves when it is over, however it ended. */
  async send({ id, connection, model, changes, run, variant: called, ceiling, lossy }: ToSend): Promise<Attempt> {
    const variant = called?.slice(0, longestVariant).toWellFormed()
    const send = crypto.randomUUID()
    const stream = new Stream()
    const all = this.of(id)
    this.streams.set(send, stream)
    const told = { ...(run === undefined ? {} : { run }), ...(variant ? { variant } : {}) }
    all.update(old => [{ send, at: Date.now(), connection, model, stream, ...told }, ...old])
    const end = (ending: Pick<Attempt, 'sent'> | Pick<Attempt, 'error'>): Attempt => {
      this.streams.delete(send)
      all.update(old => old.map(one => (one.send === send ? { ...one, ...ending } : one)))
      return all.get().find(one => one.send === send)!
    }
    try {
      const word = { ...(lossy ? { lossy } : {}), ...(ceiling === undefined ? {} : { ceiling }) }
      const asked = { send, id, profile: connection, ...changes, ...told, ...word }
      return end({ sent: await this.client.ask('replay.send', asked) })
    } catch (caught) {
      return end({ error: toRequestError(caught) })
    }
  }

  /** Takes one that never left off the list. */
  forget(call: number, send: string): void {
    this.of(call).update(old => old.filter(one => one.send !== send))
  }

  cancel(call: number, send: string): void {
    this.of(call).update(old =>
      old.map(one => (one.send === send && isGoing(one) ? { ...one, isStopping: true } : one)),
    )
    void this.client.ask('replay.cancel', { send }).catch(() => {})
  }
}

const known = new WeakMap<PageClient, Attempts>()

/** The same for every view of one window. */
export function attemptsOf(client: PageClient): Attempts {
  const found = known.get(client) ?? new Attempts(client)
  known.set(client, found)
  return found
}

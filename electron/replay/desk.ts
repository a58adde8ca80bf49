import { randomUUID } from 'node:crypto'
import { userInfo } from 'node:os'
import { isDeepStrictEqual } from 'node:util'
import type { CancelSignal, Handlers, Input } from '../../shared/contract/index.ts'
import type { Sent } from '../../shared/contract/replay.ts'
import { InspectorError } from '../../shared/domain/errors.ts'
import type { Profile } from '../../shared/replay/compose.ts'
import { keyHeader, serverAt } from '../../shared/replay/servers.ts'
import type { ReplayRequest } from '../../shared/replay/types.ts'
import { cancelled } from '../rpc/channel.ts'
import type { Connections } from './connections.ts'
import { toProfile } from '../../shared/replay/profile.ts'
import { readLedger } from './read-ledger.ts'
import { lockedError, lockOf, setLock } from './lock.ts'
import { type Composed, composeRequestName } from './orders.ts'
import { checkOrigin } from './origin.ts'
import type { Outgoing } from './send.ts'
import { Sending, type SendingAround } from './sending.ts'

/** What a host has for sending: made once, whichever store is open. */
export interface Surroundings {
  /** Opened when first asked for: few who start a host send anything. */
  readonly connections: () => Promise<Connections>
  /** Of the ledger. */
  readonly ledger: string
  /** In which host a person clicks, as the ledger says it. */
  readonly host: 'window' | 'browser' | 'command line' | 'memory'
  /** The file that locks them all. */
  readonly lock: string
  /** Requests may go to a connection that is not saved: a person named its file. */
  readonly bringsProfiles?: boolean
}

interface Around extends SendingAround {
  readonly storePath: string
  readonly importer: SendingAround['importer'] & { start(): Promise<void> }
  /** With the template of the prompt that a request is to have. */
  readonly withTemplate: <T extends Pick<Input<'replay.request'>, 'prompt'>>(
    input: T,
    signal: CancelSignal,
  ) => Promise<T>
}

export type ReplayHandlers = Omit<
  Pick<Handlers, Extract<keyof Handlers, `replay.${string}`>>,
  'replay.request' | 'replay.find' | 'replay.tokens' | 'replay.answers'
>

/** Sends requests and keeps what comes back. It runs in the host's process, as the keys do. */
export class ReplayDesk {
  private readonly given: Surroundings | undefined
  private readonly around: Around
  private readonly sending: Sending
  private readonly running = new Map<string, { readonly stop: AbortController; readonly answered: Promise<void> }>()

  constructor(given: Surroundings | undefined, around: Around) {
    this.given = given
    this.around = around
    this.sending = new Sending(around, () => this.refuseLocked())
  }

  private get surroundings(): Surroundings {
    if (!this.given) throw new InspectorError('replay/none', 'This host sends nothing.')
    return this.given
  }

  handlers(): ReplayHandlers {
    const at = (): Promise<Connections> => this.surroundings.connections()
    const changing =
      <T>(change: (input: T) => unknown) =>
      async (input: T): Promise<Record<string, never>> => {
        await change(input)
        this.around.emit('replay.changed', {})
        return {}
      }
    return {
      'replay.send': (input, signal) => this.send(input, signal),
      'replay.cancel': ({ send }) => (this.running.get(send)?.stop.abort(), {}),
      'replay.profiles': async () => (await at()).list(),
      'replay.saveProfile': changing(async profile => (await at()).save(toProfile(profile))),
      'replay.removeProfile': changing(async ({ name }) => (await at()).remove(name)),
      'replay.putKey': changing(async ({ name, key, place }) => {
        const connections = await at()
        await connections.keys.put(connections.find(name), key, place)
      }),
      'replay.removeKey': changing(async ({ name }) => {
        const connections = await at()
        connections.keys.forget(connections.find(name))
      }),
      'replay.openVault': changing(async ({ passphrase }) => (await at()).keys.openVault(passphrase)),
      'replay.closeVault': changing(async () => (await at()).keys.closeVault()),
      'replay.ledger': ({ offset, limit }) => {
        const file = this.surroundings.ledger
        const { entries, unreadable } = readLedger(file)
        return { file, total: entries.length, unreadable, entries: entries.slice(offset, offset + limit) }
      },
      'replay.lock': () => lockOf(this.surroundings.lock),
      'replay.setLock': changing(({ locked }) => setLock(this.surroundings.lock, locked)),
    }
  }

  /** Stops what is sent, and waits until the import was given what had come: it stores that before it closes. */
  async close(): Promise<void> {
    const all = [...this.running.values()]
    for (const { stop } of all) stop.abort()
    await Promise.all(all.map(({ answered }) => answered))
  }

  private async send(input: Input<'replay.send'>, signal: CancelSignal): Promise<Sent> {
    const { send } = input
    if (this.running.has(send))
      throw new InspectorError('replay/same-name', 'A request of this name is being sent already.')
    const stop = new AbortController()
    const cancel = (): void => stop.abort()
    if (signal.aborted) throw cancelled()
    signal.addEventListener('abort', cancel, { once: true })
    const { promise: answered, resolve } = Promise.withResolvers<void>()
    this.running.set(send, { stop, answered })
    try {
      const sent = await this.sendNamed(input, stop.signal, resolve)
      this.around.emit('replay.changed', {})
      return sent
    } finally {
      resolve()
      this.running.delete(send)
      signal.removeEventListener('abort', cancel)
    }
  }

  private async sendNamed(
    { send, run = randomUUID(), variant, profile: named, id, lossy, ceiling, ...changes }: Input<'replay.send'>,
    signal: AbortSignal,
    answered: () => void,
  ): Promise<Sent> {
    const { host } = this.surroundings
    const { engine, importer, storePath, withTemplate } = this.around
    this.refuseLocked()
    const connections = await this.surroundings.connections()
    const profile = this.profileOf(named, connections)
    const wanted = await withTemplate({ id, ...changes, profile }, signal)
    const asked = engine.ask(composeRequestName, wanted, signal) as Promise<Composed>
    // An answer that could not be stored is not asked for.
    const [{ request, original, prompt, model }] = await Promise.all([asked, importer.start()])
    const isEdited = changes.body !== undefined || (changes.edits?.length ?? 0) > 0
    if (request.grade === 'C' && !isEdited && !lossy) throw lossyError
    const value = await connections.keys.keyFor(profile)
    const { headers } = separated(request, profile, value)
    const out = async (): Promise<Outgoing> => {
      refuseChanged(profile, this.profileOf(named, connections))
      return {
        origin: profile.origin,
        url: request.url,
        dialect: request.dialect,
        headers,
        body: request.body,
        ...separated(request, profile, await connections.keys.keyFor(profile)).key,
        ...(profile.allowHttp ? { allowHttp: true } : {}),
      }
    }
    const order = {
      out,
      entry: {
        send,
        origin: profile.origin,
        profile: profile.name,
        ...(value === undefined || profile.keyEnv === undefined ? {} : { key: profile.keyEnv }),
        ...(model === undefined ? {} : { model }),
        store: storePath,
        traceId: original.traceId,
        spanId: original.spanId,
        user: userName(),
        host,
      },
    }
    const { url, body } = request
    const about = { original, request: { url, body }, prompt, headers, connection: profile.name, run, variant }
    return this.sending.send({ order, about, ceiling, wanted }, signal, answered)
  }

  private refuseLocked(): void {
    const lock = lockOf(this.surroundings.lock)
    if (lock.locked) throw lockedError(lock.by)
  }

  private profileOf(named: Input<'replay.send'>['profile'], connections: Connections): Profile {
    const { bringsProfiles = false } = this.surroundings
    if (typeof named === 'string') return connections.find(named)
    if (!bringsProfiles)
      throw new InspectorError('replay/not-saved', 'Requests go to connections that were saved; save this one first.')
    return { ...toProfile(named), origin: checkOrigin(named.origin, named.allowHttp).origin }
  }
}

const lossyError = new InspectorError(
  'replay/lossy',
  'Something that was in this request is not in the log (its receipt says what): edit it, or say that it goes as it is.',
)

/** Of a request that waited for its turn: what a person sees as the connection now is not where it would go. */
function refuseChanged(before: Profile, now: Profile): void {
  if (isDeepStrictEqual(before, now)) return
  throw new InspectorError(
    'replay/changed',
    `${before.name} was changed while this waited for its turn: it was not sent.`,
  )
}

/** In a container nobody may have a name. */
function userName(): string {
  try {
    return userInfo().username
  } catch {
    return String(process.getuid?.() ?? 'unknown')
  }
}

/** A request shows the name of its key; what is sent has the key beside it instead. */
function separated(
  { dialect, headers }: ReplayRequest,
  { origin }: Profile,
  value: string | undefined,
): { readonly key: Pick<Outgoing, 'key'>; readonly headers: { readonly [name: string]: string } } {
  const header = keyHeader(dialect, serverAt(new URL(origin).hostname))
  const rest = Object.fromEntries(Object.entries(headers).filter(([name]) => name !== header?.name))
  if (header === undefined || value === undefined) return { key: {}, headers: rest }
  return { key: { key: { header: header.name, before: header.before, value } }, headers: rest }
}

import { setTimeout as sleep } from 'node:timers/promises'
import type { CancelSignal, Emit, Input, Output, RequestName } from '../../shared/contract/index.ts'
import type { EventData } from '../../shared/contract/index.ts'
import type { Sent } from '../../shared/contract/replay.ts'
import { InspectorError } from '../../shared/domain/errors.ts'
import { cancelled } from '../rpc/channel.ts'
import { Ceilings } from './ceilings.ts'
import { type Answered, type Kept, keepRequest, type Order, sendRequest } from './orders.ts'
import { Rates } from './rates.ts'
import type { About } from './stored-record.ts'
import { Turns } from './turns.ts'

/** Milliseconds that a request waits for a limit; what would wait for longer is sent by hand. */
const longestWait = 300_000

interface Asked {
  ask(name: string, input: unknown, signal?: CancelSignal): Promise<unknown>
}

export interface SendingAround {
  readonly engine: Asked
  readonly reader: Asked
  readonly importer: Asked
  readonly net: Asked
  readonly emit: Emit
}

/** A request that is ready to leave. */
export interface Ready {
  readonly order: {
    /** Asked for when its turn has come: with the key as it is then. Throws where there is none any more. */
    readonly out: () => Promise<Order['out']>
    readonly entry: Omit<Order['entry'], 'at'>
  }
  readonly about: About
  readonly ceiling: number | undefined
  /** As the engine was asked for it. */
  readonly wanted: Input<'replay.tokens'>
}

/** From a request that is ready to its stored answer: its turn, what its run and its provider allow, the net, the import. */
export class Sending {
  private readonly around: SendingAround
  private readonly refuse: () => void
  private readonly turns = new Turns()
  private readonly rates = new Rates()
  private readonly ceilings = new Ceilings()

  /** `refuse` throws where nothing may be sent: asked again when a turn has come. */
  constructor(around: SendingAround, refuse: () => void) {
    this.around = around
    this.refuse = refuse
  }

  async send(ready: Ready, signal: AbortSignal, answered: () => void): Promise<Sent> {
    const { origin, model = '', profile } = ready.order.entry
    const tell = this.waitingOf(ready.order.entry.send)
    // Whom a provider counts for: whoever asks, by the model.
    const counted = JSON.stringify([origin, profile, model])
    for (;;) {
      const work = async (): Promise<Sent | { readonly until: number }> => {
        const until = this.rates.take(counted, Date.now())
        return until === undefined ? this.sendNow(ready, counted, signal, answered) : { until }
      }
      const done = await this.turns.run(origin, signal, work, () => tell({ phase: 'queued' }))
      if (!('until' in done)) return done
      await this.waitUntil(done.until, tell, signal)
    }
  }

  private async waitUntil(until: number, tell: Tell, signal: AbortSignal): Promise<void> {
    const wait = until - Date.now()
    if (wait > longestWait)
      throw new InspectorError(
        'replay/limited',
        `The provider takes no more requests for this model before ${new Date(until).toISOString()}, as it said itself; this one was not sent.`,
      )
    tell({ phase: 'limited', until })
    // Others may be earlier: then it waits once more.
    await sleep(Math.max(1, wait), undefined, { signal }).catch(() => {
      throw cancelled()
    })
  }

  private async sendNow(ready: Ready, counted: string, signal: AbortSignal, answered: () => void): Promise<Sent> {
    const { order, about, ceiling, wanted } = ready
    const { send, model } = order.entry
    const most = ceiling === undefined ? undefined : await this.mostOf(wanted, model, signal)
    const paid =
      ceiling === undefined
        ? undefined
        : await this.ceilings.reserve(about.run, ceiling, most, signal, () => this.waitingOf(send)({ phase: 'queued' }))
    let cost: number | undefined
    try {
      const out = await order.out()
      // The last look: keys may have been asked of the system meanwhile, and others were in front.
      this.refuse()
      if (signal.aborted) throw cancelled()
      const sentNow: Order = { out, about, entry: { ...order.entry, at: Date.now() } }
      const came = (await this.around.net.ask(sendRequest, sentNow, signal).catch(sayWhatIsKnown)) as Answered
      this.rates.heard(counted, came.answer, Date.now())
      const kept = this.keep(send, came, about)
      answered()
      const sent = await kept
      if (paid) cost = await this.dollarsOf('spans.cost', { id: sent.span }).catch(() => undefined)
      return sent
    } finally {
      paid?.(cost)
    }
  }

  /** What a request may cost, in dollars; undefined where nobody knows. */
  private async mostOf(
    asked: Input<'replay.tokens'>,
    model: string | undefined,
    signal: AbortSignal,
  ): Promise<number | undefined> {
    const counted = await this.around.reader.ask('replay.tokens' satisfies RequestName, asked, signal)
    const { mostInput: input, mostOutput: output } = counted as Output<'replay.tokens'>
    if (input === undefined || output === undefined) return undefined
    return this.dollarsOf('prices.estimate', { id: asked.id, model, input, output })
  }

  /** By the price book; undefined where it knows no price. */
  private async dollarsOf(name: 'prices.estimate' | 'spans.cost', input: object): Promise<number | undefined> {
    const { cost } = (await this.around.engine.ask(name, input)) as Output<'spans.cost'>
    return cost?.cost && Number(cost.cost.dollars)
  }

  private async keep(send: string, { answer, record }: Answered, { run, variant }: About): Promise<Sent> {
    const { importer, emit } = this.around
    const { outcome, httpStatus, error, retryAfter, firstToken, duration, bytesOut, bytesIn } = answer
    emit('replay.progress', { send, phase: 'storing', elapsed: Math.round(duration), bytesIn })
    const { trace_id: traceId, span_id: spanId } = record
    const rows = (await importer.ask(keepRequest, record).catch(sayWhereItIs)) as Kept
    return {
      outcome,
      httpStatus,
      ...(error ? { error } : {}),
      ...(retryAfter === undefined ? {} : { retryAfter }),
      ...(firstToken === undefined ? {} : { firstToken }),
      duration,
      bytesOut,
      bytesIn,
      traceId,
      spanId,
      ...rows,
      run,
      ...(variant === undefined ? {} : { variant }),
    }
  }

  /** Tells what a request waits for before it is sent. */
  private waitingOf(send: string): Tell {
    const began = performance.now()
    return word =>
      this.around.emit('replay.progress', { send, ...word, elapsed: Math.round(performance.now() - began), bytesIn: 0 })
  }
}

type Tell = (word: Pick<EventData<'replay.progress'>, 'phase' | 'until'>) => void

/** The process that sends died: it had written down that it begins, and nothing of how it ended. */
function sayWhatIsKnown(error: unknown): never {
  if (error instanceof InspectorError && error.code === 'process/died')
    throw new InspectorError(
      'replay/interrupted',
      'The process that sends ended while this was on its way: the provider may have answered it, and may count it. The ledger has it as begun. It was not sent again.',
    )
  throw error
}

/** The process that stores died: the answer lies beside the store until it is back. */
function sayWhereItIs(error: unknown): never {
  if (error instanceof InspectorError && error.code === 'process/died')
    throw new InspectorError(
      'replay/not-kept',
      'The answer came, and the process that stores it ended before it had. It is kept beside the store, and stored by itself as soon as that process is back.',
    )
  throw error
}

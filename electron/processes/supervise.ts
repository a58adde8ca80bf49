import type { CancelSignal } from '../../shared/contract/index.ts'
import { InspectorError } from '../../shared/domain/errors.ts'
import { cancelled, openChannel, type Channel } from '../rpc/channel.ts'
import { type Child, closeRequest, type Fork, openRequest, type Opening, type ProcessName } from './process.ts'

export interface SuperviseOptions {
  readonly fork: Fork
  readonly opening: () => Opening
  /** Must have happened before the process is told to open the store. It is started meanwhile. */
  readonly after?: () => Promise<void>
  readonly heard: (name: string, data: unknown) => void
  /** Told when the process died unasked, and when it is back. */
  readonly onState: (state: 'restarting' | 'running', message: string) => void
  /** Questions that change nothing are asked again, once, when the process dies under them. */
  readonly asksAgain: boolean
  /** A cancelled question that still runs after so many milliseconds costs the process its life. */
  readonly killAfterCancel?: number
  /** Started again by itself after dying, rather than at the next question. */
  readonly restarts: boolean
}

export interface Supervised {
  ask(name: string, input: unknown, signal?: CancelSignal): Promise<unknown>
  /** Starts it now rather than at the first question. */
  start(): Promise<void>
  close(): Promise<void>
}

interface Life {
  readonly child: Child
  readonly channel: Channel
  readonly opened: Promise<unknown>
  readonly born: number
  /** Set when we killed it ourselves, to cancel. */
  expected: boolean
}

/** Keeps one process running: starts it when first needed, opens its store, and starts it again when it dies. */
export function supervise(name: ProcessName, options: SuperviseOptions): Supervised {
  let life: Life | undefined
  let closing = false
  let earlyDeaths = 0
  let announced = false

  const begin = (): Life => {
    const child = options.fork(name)
    const channel = openChannel(child.port, { heard: options.heard })
    const askToOpen = () => channel.ask(openRequest, options.opening())
    const opened = options.after ? options.after().then(askToOpen) : askToOpen()
    const mine: Life = { child, channel, opened, born: Date.now(), expected: false }
    void welcome(opened)
    child.port.onClose(() => ended(mine))
    life = mine
    return mine
  }

  const welcome = async (opened: Promise<unknown>): Promise<void> => {
    try {
      await opened
    } catch {
      return // whoever asks is told
    }
    if (announced) options.onState('running', `The ${name} process is back.`)
    announced = false
  }

  const ended = (mine: Life): void => {
    if (life === mine) life = undefined
    if (closing || mine.expected) return
    earlyDeaths = Date.now() - mine.born < 2000 ? earlyDeaths + 1 : 0
    announced = true
    options.onState('restarting', `The ${name} process ended unexpectedly and is started again.`)
    // A process that dies as soon as it starts is left alone for a while: 0.1 s, 0.2 s … 6.4 s.
    if (options.restarts) setTimeout(() => life ?? (closing || begin()), 50 * 2 ** Math.min(earlyDeaths, 7)).unref()
  }

  const askOnce = async (question: string, input: unknown, signal?: CancelSignal): Promise<unknown> => {
    const mine = life ?? begin()
    try {
      await mine.opened
    } catch (error) {
      // It runs but has no store: nothing it could answer. The next question tries afresh.
      if (life === mine) life = undefined
      mine.expected = true
      mine.child.kill()
      throw error
    }
    if (options.killAfterCancel === undefined || !signal) return mine.channel.ask(question, input, signal)
    return askKillably(mine, options.killAfterCancel, question, input, signal)
  }

  const askKillably = async (
    mine: Life,
    patience: number,
    question: string,
    input: unknown,
    signal: CancelSignal,
  ): Promise<unknown> => {
    let timer: NodeJS.Timeout | undefined
    const kill = (): void => {
      timer = setTimeout(() => {
        mine.expected = true
        if (life === mine) life = undefined
        mine.child.kill()
      }, patience)
    }
    signal.addEventListener('abort', kill, { once: true })
    try {
      return await mine.channel.ask(question, input, signal)
    } finally {
      clearTimeout(timer)
      signal.removeEventListener('abort', kill)
    }
  }

  return {
    async ask(question, input, signal) {
      if (closing) throw new InspectorError('process/gone', 'Spanwise is closing.')
      try {
        return await askOnce(question, input, signal)
      } catch (error) {
        if (signal?.aborted) throw cancelled()
        const died = isGone(error)
        if (died && options.asksAgain && !closing) return askOnce(question, input, signal)
        if (died) throw new InspectorError('process/died', `The ${name} process ended while it was working on this.`)
        throw error
      }
    },
    async start() {
      try {
        await (life ?? begin()).opened
      } catch (error) {
        if (!isGone(error) || closing) throw error
        // It died before it was asked anything.
        await (life ?? begin()).opened.catch((again: unknown) => {
          throw isGone(again)
            ? new InspectorError('process/died', `The ${name} process ends when it is started.`)
            : again
        })
      }
    },
    async close() {
      closing = true
      const last = life
      if (!last) return
      const gone = new Promise<void>(resolve => last.child.port.onClose(resolve))
      await within(5000, last.channel.ask(closeRequest, {}))
      last.channel.close()
      last.child.kill()
      // Seen out of the door: whoever looks whether it lives must not find a process that nobody waited for.
      await within(1000, gone)
    },
  }
}

function isGone(error: unknown): boolean {
  return error instanceof InspectorError && error.code === 'process/gone'
}

/** Waits for something, however it ends, but not for ever. */
async function within(milliseconds: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const patience = new Promise(resolve => (timer = setTimeout(resolve, milliseconds)))
  await Promise.race([work.catch(() => {}), patience])
  clearTimeout(timer)
}

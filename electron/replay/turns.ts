import { cancelled } from '../rpc/channel.ts'

/** Requests that are on their way to one origin at once; further ones wait for their turn, in order. */
export const mostAtOnce = 8

/** Turns of who sends, by origin. */
export class Turns {
  private readonly most: number
  private readonly going = new Map<string, number>()
  private readonly waiting = new Map<string, (() => void)[]>()

  constructor(most = mostAtOnce) {
    this.most = most
  }

  /** Does the work when its turn has come; tells first if that is not now. Cancelled before, it is not done at all. */
  async run<T>(origin: string, signal: AbortSignal, work: () => Promise<T>, waits = (): void => {}): Promise<T> {
    if (signal.aborted) throw cancelled()
    const going = this.going.get(origin) ?? 0
    if (going < this.most) this.going.set(origin, going + 1)
    else {
      waits()
      await this.wait(origin, signal)
    }
    try {
      return await work()
    } finally {
      this.giveBack(origin)
    }
  }

  private wait(origin: string, signal: AbortSignal): Promise<void> {
    const line = this.waiting.get(origin) ?? []
    this.waiting.set(origin, line)
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        line.splice(line.indexOf(turn), 1)
        reject(cancelled())
      }
      const turn = (): void => {
        signal.removeEventListener('abort', leave)
        resolve()
      }
      signal.addEventListener('abort', leave, { once: true })
      line.push(turn)
    })
  }

  /** To the next in line, or to nobody. */
  private giveBack(origin: string): void {
    const next = this.waiting.get(origin)?.shift()
    if (next) return next()
    const left = (this.going.get(origin) ?? 1) - 1
    if (left > 0) this.going.set(origin, left)
    else {
      this.going.delete(origin)
      this.waiting.delete(origin)
    }
  }
}

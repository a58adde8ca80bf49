import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises'
import type { CancelSignal } from '../../shared/contract/index.ts'
import { cancelled } from '../rpc/channel.ts'

/** One step after another for as long as it lives, with rests where there is nothing to do. */
export class WorkLoop {
  private readonly step: () => Promise<number>
  private waiting: (() => void)[] = []
  /** Ends a rest. */
  private nudge: (() => void) | undefined
  private readonly closing = new AbortController()
  private readonly work: Promise<void>

  /** `step` never rejects; it answers for how many milliseconds there is nothing to do. The first one begins at once. */
  constructor(step: () => Promise<number>) {
    this.step = step
    this.work = this.run()
  }

  /** Until a step has ended after which nothing is being worked at. */
  async settled(signal: CancelSignal, isWorking: () => boolean): Promise<void> {
    // What was just imported may not have been looked at yet.
    this.nudge?.()
    do {
      await new Promise<void>(resolve => this.waiting.push(resolve))
      if (signal.aborted || this.closing.signal.aborted) throw cancelled()
    } while (isWorking())
  }

  /** The step that runs is the last one. */
  async close(): Promise<void> {
    this.closing.abort()
    this.nudge?.()
    this.wake()
    await this.work
  }

  private async run(): Promise<void> {
    while (!this.closing.signal.aborted) {
      const rest = await this.step()
      this.wake()
      if (rest > 0) await this.rest(rest)
      else await turn()
    }
  }

  private wake(): void {
    for (const resume of this.waiting.splice(0)) resume()
  }

  private async rest(milliseconds: number): Promise<void> {
    const until = new AbortController()
    this.nudge = () => until.abort()
    if (this.closing.signal.aborted) until.abort()
    await sleep(milliseconds, undefined, { signal: until.signal }).catch(() => {})
    this.nudge = undefined
  }
}

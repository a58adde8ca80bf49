import { InspectorError } from '../../shared/domain/errors.ts'
import { cancelled } from '../rpc/channel.ts'

interface Run {
  spent: number
  /** What those on their way may cost at most. */
  going: number
  open: number
  readonly waiting: Set<() => void>
}

/** What runs cost that may cost so much and no more. Dollars. */
export class Ceilings {
  private readonly runs = new Map<string, Run>()

  /**
   * Takes what a request may cost at most; refuses it where the run could cross its ceiling by that. While others are on their
   * way that may cost less than they could, it waits for them. What comes back is told what the request did cost; undefined
   * where nobody knows, which then counts as the most for good.
   */
  async reserve(
    name: string,
    ceiling: number,
    most: number | undefined,
    signal: AbortSignal,
    waits: () => void = () => {},
  ): Promise<(cost: number | undefined) => void> {
    if (most === undefined)
      throw new InspectorError(
        'replay/unbounded',
        'Nobody knows what this may cost at most: cap its answer (max_tokens), have a price for its model and no pictures or files in it, or send it without a ceiling.',
      )
    const run = this.runs.get(name) ?? { spent: 0, going: 0, open: 0, waiting: new Set() }
    this.runs.set(name, run)
    while (run.spent + run.going + most > ceiling) {
      if (run.open === 0 || run.spent + most > ceiling)
        throw new InspectorError(
          'replay/ceiling',
          `This may cost $${most.toFixed(4)}, and its run could have come to $${(run.spent + run.going).toFixed(4)} already: together more than $${ceiling}. It was not sent.`,
        )
      waits()
      await nextEnd(run, signal)
    }
    run.open++
    run.going += most
    return (cost = most) => {
      // Sums of fractions do not end at nothing by themselves.
      run.going = --run.open === 0 ? 0 : run.going - most
      run.spent += cost
      for (const look of run.waiting) look()
    }
  }
}

function nextEnd({ waiting }: Run, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (how: () => void) => () => {
      waiting.delete(look)
      signal.removeEventListener('abort', leave)
      how()
    }
    const look = end(resolve)
    const leave = end(() => reject(cancelled()))
    waiting.add(look)
    signal.addEventListener('abort', leave, { once: true })
    if (signal.aborted) leave()
  })
}

import { InspectorError } from '../../shared/domain/errors.ts'

/** What runs cost that may cost so much and no more. Dollars. */
export class Ceilings {
  private readonly spent = new Map<string, number>()

  /**
   * Takes what a request may cost at most; refuses it where the run could cross its ceiling by that. What comes back is told what
   * it did cost; undefined where nobody knows, which then counts as the most for good.
   */
  reserve(run: string, ceiling: number, most: number | undefined): (cost: number | undefined) => void {
    if (most === undefined)
      throw new InspectorError(
        'replay/unbounded',
        'Nobody knows what this may cost at most: cap its answer (max_tokens) and have a price for its model, or send it without a ceiling.',
      )
    const before = this.spent.get(run) ?? 0
    if (before + most > ceiling)
      throw new InspectorError(
        'replay/ceiling',
        `This may cost $${most.toFixed(4)}, and its run could have come to $${before.toFixed(4)} already: together more than $${ceiling}. It was not sent.`,
      )
    this.spent.set(run, before + most)
    return (cost = most) => void this.spent.set(run, (this.spent.get(run) ?? 0) - most + cost)
  }
}

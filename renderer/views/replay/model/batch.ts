import type { Variant } from './variants.ts'

/** Several requests of one run. */
export interface Plan {
  readonly variants: readonly Variant[]
  /** Of each variant. */
  readonly repetitions: number
  readonly atOnce: number
  /** Dollars. The host sends nothing that could cross it. */
  readonly ceiling?: number
}

/** Why the host did not send one. `ceiling`: it could cross it. `unbounded`: nobody knows what it may cost. */
export type Refusal = 'ceiling' | 'unbounded'

export interface BatchHost {
  /** Resolves when it is over; with a word where it was not sent below the ceiling. */
  readonly send: (variant: Variant) => Promise<Refusal | undefined>
  readonly signal: AbortSignal
}

export interface BatchEnd {
  readonly sent: number
  readonly left: number
  readonly why: 'done' | 'cancelled' | Refusal
}

/** All variants once, then once more: what is left when it stops are repetitions rather than variants. */
export function orderOf({ variants, repetitions }: Plan): Variant[] {
  return Array.from({ length: repetitions }, () => variants).flat()
}

/** Sends them, so many at a time, until the host refuses one: it waited for those on their way, which may cost less than they could. */
export async function runBatch(plan: Plan, { send, signal }: BatchHost): Promise<BatchEnd> {
  const waiting = orderOf(plan)
  const going = new Set<Promise<void>>()
  let sent = 0
  let refused: Refusal | undefined
  const begin = async (variant: Variant): Promise<void> => {
    const refusal = await send(variant)
    if (refusal === undefined) sent++
    else waiting.unshift(variant)
    refused ??= refusal
  }
  for (;;) {
    const mayBegin = !signal.aborted && refused === undefined
    if (mayBegin && waiting.length > 0 && going.size < plan.atOnce) {
      const one = begin(waiting.shift()!)
      void one.finally(() => going.delete(one))
      going.add(one)
    } else if (going.size > 0) await Promise.race(going)
    else break
  }
  await Promise.all(going)
  return { sent, left: waiting.length, why: signal.aborted ? 'cancelled' : (refused ?? 'done') }
}

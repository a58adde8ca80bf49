import type { NanoDollars } from '../../../../shared/domain/units.ts'

/** Several requests of one run. */
export interface Plan {
  readonly models: readonly string[]
  /** Of each model. */
  readonly repetitions: number
  readonly atOnce: number
  /** Nothing is sent that could cross it. */
  readonly ceiling?: NanoDollars
}

export interface BatchHost {
  /** What one may cost at most; undefined where nobody knows. */
  readonly boundOf: (model: string) => Promise<NanoDollars | undefined>
  /** Sends one, and says what it cost; undefined where nobody knows. */
  readonly send: (model: string) => Promise<NanoDollars | undefined>
  readonly signal: AbortSignal
}

export interface BatchEnd {
  readonly sent: number
  readonly left: number
  /** `ceiling`: the next could cross it. `unbounded`: nobody knows what the next may cost. */
  readonly why: 'done' | 'cancelled' | 'ceiling' | 'unbounded'
}

/** All models once, then once more: what is left when it stops are repetitions rather than models. */
export function orderOf({ models, repetitions }: Plan): string[] {
  return Array.from({ length: repetitions }, () => models).flat()
}

/**
 * Sends them, so many at a time. Below a ceiling each that is on its way counts with what it may cost at most, and with that
 * for good where nobody knows what it did cost.
 */
export async function runBatch(plan: Plan, { boundOf, send, signal }: BatchHost): Promise<BatchEnd> {
  const waiting = orderOf(plan)
  const all = waiting.length
  const going = new Set<Promise<void>>()
  let spent = 0
  let reserved = 0
  const spend = async (model: string, bound: NanoDollars): Promise<void> => {
    const cost = await send(model)
    reserved -= bound
    spent += cost ?? bound
  }
  const end = async (why: BatchEnd['why']): Promise<BatchEnd> => {
    await Promise.all(going)
    return { sent: all - waiting.length, left: waiting.length, why }
  }
  while (waiting.length > 0) {
    if (signal.aborted) return end('cancelled')
    if (going.size >= plan.atOnce) {
      await Promise.race(going)
      continue
    }
    const model = waiting[0]!
    const bound = plan.ceiling === undefined ? 0 : await boundOf(model)
    if (bound === undefined) return end('unbounded')
    if (plan.ceiling !== undefined && spent + reserved + bound > plan.ceiling) {
      // What is on its way may cost less than it could.
      if (going.size === 0) return end('ceiling')
      await Promise.race(going)
      continue
    }
    waiting.shift()
    reserved += bound
    const one = spend(model, bound)
    void one.finally(() => going.delete(one))
    going.add(one)
  }
  return end('done')
}

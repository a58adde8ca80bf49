import { useEffect, useState } from 'react'
import { decimalToNano } from '../../../../shared/domain/numbers.ts'
import type { NanoDollars } from '../../../../shared/domain/units.ts'
import { formatPlural } from '../../../../shared/format/numbers.ts'
import { useClient } from '../../../app/view.ts'
import { tell } from '../../../state/undo.ts'
import { attemptsOf, isGoing, type ToSend } from './attempts.ts'
import { type BatchEnd, type Plan, runBatch } from './batch.ts'

interface Batch {
  readonly start: (plan: Plan, made: BatchRequests) => void
  readonly isRunning: boolean
  readonly stop: () => void
}

/** What is sent to each model, and what it may come to. */
export interface BatchRequests {
  readonly of: (model: string) => ToSend
  readonly tokens: number
  /** Tokens after which an answer ends. */
  readonly cap: number | undefined
}

const whyWords: { readonly [why in BatchEnd['why']]: string } = {
  done: '',
  cancelled: ': cancelled',
  ceiling: ': the next could have crossed the ceiling',
  unbounded: ': nobody knows what the next may cost at most',
}

/** Several requests of one run. They stop when the view is left: a person watches what it costs. */
export function useBatch(call: number): Batch {
  const client = useClient()
  const attempts = attemptsOf(client)
  const [abort, setAbort] = useState<AbortController>()
  useEffect(() => () => abort?.abort(), [abort])
  const priceOf = async (model: string, { tokens, cap }: BatchRequests): Promise<NanoDollars | undefined> => {
    if (cap === undefined) return undefined
    const { cost } = await client.ask('prices.estimate', { id: call, model, input: tokens, output: cap }).catch(() => ({
      cost: undefined,
    }))
    return cost?.cost && decimalToNano(cost.cost.dollars)
  }
  const start = (plan: Plan, made: BatchRequests) => {
    const run = crypto.randomUUID()
    const controller = new AbortController()
    setAbort(controller)
    const send = async (model: string): Promise<NanoDollars | undefined> => {
      const { sent } = await attempts.send({ ...made.of(model), run })
      if (!sent) return undefined
      const { cost } = await client.ask('spans.cost', { id: sent.span }).catch(() => ({ cost: undefined }))
      return cost?.cost && decimalToNano(cost.cost.dollars)
    }
    void runBatch(plan, { boundOf: model => priceOf(model, made), send, signal: controller.signal }).then(
      ({ sent, left, why }) => {
        setAbort(undefined)
        tell(`${formatPlural(sent, 'request')} sent${left > 0 ? `, ${left} not sent${whyWords[why]}` : ''}`, left > 0)
        return undefined
      },
      () => setAbort(undefined),
    )
  }
  return {
    start,
    isRunning: abort !== undefined,
    stop: () => {
      abort?.abort()
      for (const one of attempts.of(call).get()) if (isGoing(one)) attempts.cancel(call, one.send)
    },
  }
}

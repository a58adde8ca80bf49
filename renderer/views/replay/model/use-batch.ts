import { useEffect, useState } from 'react'
import { formatPlural } from '../../../../shared/format/numbers.ts'
import { useClient } from '../../../app/view.ts'
import { tell } from '../../../state/undo.ts'
import { attemptsOf, isGoing } from './attempts.ts'
import { type BatchEnd, type Plan, type Refusal, runBatch } from './batch.ts'

interface Batch {
  /** `lossy`: a person said that it goes without what is missing. */
  readonly start: (plan: Plan, connection: string, lossy: boolean) => void
  readonly isRunning: boolean
  readonly stop: () => void
}

const whyWords: { readonly [why in BatchEnd['why']]: string } = {
  done: '',
  cancelled: ': cancelled',
  ceiling: ': the next could have crossed the ceiling',
  unbounded: ': nobody knows what the next may cost at most',
}

const refusals: { readonly [code: string]: Refusal } = { 'replay/ceiling': 'ceiling', 'replay/unbounded': 'unbounded' }

/** Several requests of one run. They stop when the view is left: a person watches what it costs. */
export function useBatch(call: number): Batch {
  const client = useClient()
  const attempts = attemptsOf(client)
  const [abort, setAbort] = useState<AbortController>()
  useEffect(() => () => abort?.abort(), [abort])
  const start = (plan: Plan, connection: string, lossy: boolean) => {
    const run = crypto.randomUUID()
    const controller = new AbortController()
    const { ceiling } = plan
    setAbort(controller)
    const send = async ({ name, model, changes, edited }: Plan['variants'][number]): Promise<Refusal | undefined> => {
      const told = { ...(name === undefined ? {} : { variant: name }), ...(ceiling === undefined ? {} : { ceiling }) }
      const one = await attempts.send({ id: call, connection, model, changes, run, lossy: lossy || edited, ...told })
      const refusal = refusals[one.error?.code ?? '']
      // It never left: there is nothing to look at.
      if (refusal) attempts.forget(call, one.send)
      return refusal
    }
    void runBatch(plan, { send, signal: controller.signal }).then(
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

import { useEffect, useState } from 'react'
import type { SpanCost } from '../../../../shared/contract/prices.ts'
import type { Span } from '../../../../shared/domain/span.ts'
import { useClient } from '../../../app/view.ts'
import { toRequestError, type RequestError } from '../../../state/request-error.ts'

/** A stored answer, read whole. */
export interface ReadAnswer {
  readonly span: Span
  readonly cost: SpanCost | undefined
}

interface Reading {
  readonly answers: ReadonlyMap<number, ReadAnswer>
  readonly error?: RequestError
}

/** Reads many stored answers, each once; those that are read are told together. */
export function useSpans(ids: readonly number[]): Reading {
  const client = useClient()
  const [reading, setReading] = useState<Reading>({ answers: new Map() })
  const missing = ids.filter(id => !reading.answers.has(id)).join(' ')
  useEffect(() => {
    if (missing === '') return undefined
    const abort = new AbortController()
    const read = async (id: number): Promise<readonly [number, ReadAnswer]> => {
      const [span, { cost }] = await Promise.all([
        client.ask('spans.read', { id, holdBack: 1 }, abort.signal),
        client.ask('spans.cost', { id }, abort.signal),
      ])
      return [id, { span, cost }]
    }
    Promise.all(missing.split(' ').map(id => read(Number(id)))).then(
      found => setReading(old => ({ answers: new Map([...old.answers, ...found]) })),
      (error: unknown) => {
        if (!abort.signal.aborted) setReading(old => ({ ...old, error: toRequestError(error) }))
      },
    )
    return () => abort.abort()
  }, [client, missing])
  return reading
}

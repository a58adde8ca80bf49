import { useEffect, useMemo, useState } from 'react'
import { clauseFor } from '../../../shared/query/edit.ts'
import { formatPlural } from '../../../shared/format/numbers.ts'
import { hitFinder, textClauses, type HitFinder } from '../../../shared/query/hits.ts'
import { parseQuery } from '../../../shared/query/parse.ts'
import { resolveQuery } from '../../../shared/query/resolve.ts'
import { announce } from '../../app/announce.ts'
import { useAsk } from '../../app/view.ts'
import type { RequestError } from '../../state/request-error.ts'
import { questionOf, userZone } from '../../state/question.ts'
import type { TraceModel } from './model.ts'
import { rowsOfIds } from './model/rows-of-ids.ts'

/** What is looked for in a trace, and what was found. */
export interface Found {
  /** 1 for a row whose span matches; undefined until it is known. */
  readonly rows: Uint8Array | undefined
  readonly count: number
  /** Where it matches in a text; undefined when it asks for no text. */
  readonly find: HitFinder | undefined
  readonly slow: boolean
  readonly error: RequestError | undefined
  readonly again: () => void
}

/** Undefined where nothing is looked for, or nothing that can be read. What was found before stays until the next is there. */
export function useFind(model: TraceModel, text: string): Found | undefined {
  const { traceId } = model.tree.trace
  const [now] = useState(() => Date.now())
  const parsed = useMemo(() => parseQuery(text), [text])
  const node = parsed.ok ? parsed.query.node : undefined
  const question = useMemo(
    () =>
      node
        ? { list: 'spans' as const, where: questionOf(`${clauseFor({ id: 'trace' }, traceId)} (${text})`, now) }
        : null,
    [node, traceId, text, now],
  )
  const asked = useAsk('lists.ids', question, { live: model.tree.trace.growing })
  const ids = asked.data?.id
  const find = useMemo(() => {
    const clock = { now: BigInt(now) * 1_000_000n, zone: userZone() }
    const clauses = textClauses(resolveQuery(node ? { node } : {}, clock))
    return clauses.length > 0 ? hitFinder(clauses) : undefined
  }, [node, now])
  const rows = useMemo(() => ids && rowsOfIds(model.tree.id, ids), [model, ids])
  const count = useMemo(() => rows?.reduce((sum, one) => sum + one, 0) ?? 0, [rows])

  const spans = model.shape.count
  const told = node !== undefined && asked.fresh && rows !== undefined
  useEffect(() => {
    if (told) announce(count === 0 ? 'No span matches' : `${count} of ${formatPlural(spans, 'span')} match`)
  }, [told, count, spans])

  const { slow, error, again } = asked
  return useMemo(
    () => (node ? { rows, count, find, slow, error, again } : undefined),
    [node, rows, count, find, slow, error, again],
  )
}

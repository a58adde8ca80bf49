import { useMemo, useState } from 'react'
import { clauseFor } from '../../../shared/query/edit.ts'
import { hitFinder, textClauses, type HitFinder } from '../../../shared/query/hits.ts'
import { parseQuery } from '../../../shared/query/parse.ts'
import { resolveQuery } from '../../../shared/query/resolve.ts'
import { useAsk } from '../../app/view.ts'
import { questionOf, userZone } from '../../state/question.ts'
import type { TraceModel } from './model.ts'

/** The query that led here, and what it found in this trace. */
export interface Led {
  readonly text: string
  /** 1 for a row whose span matches; undefined until it is known. */
  readonly rows: Uint8Array | undefined
  readonly count: number
  /** Where it matches in a text; undefined when it asks for no text. */
  readonly find: HitFinder | undefined
}

/** More than these are marked in no trace: the newest ones are. */
const most = 10_000

/** Undefined where no query led here, or one that nobody can read. */
export function useLed(model: TraceModel, text: string): Led | undefined {
  const { traceId } = model.tree.trace
  const [now] = useState(() => Date.now())
  const parsed = useMemo(() => parseQuery(text), [text])
  const node = parsed.ok ? parsed.query.node : undefined
  const where = node ? questionOf(`${clauseFor({ id: 'trace' }, traceId)} (${text})`, now) : undefined
  const found = useAsk('search.spans', where ? { where, offset: 0, limit: most } : null)
  const spans = found.fresh ? found.data?.spans : undefined
  const find = useMemo(() => {
    const clock = { now: BigInt(now) * 1_000_000n, zone: userZone() }
    const clauses = textClauses(resolveQuery(node ? { node } : {}, clock))
    return clauses.length > 0 ? hitFinder(clauses) : undefined
  }, [node, now])
  const rows = useMemo(() => {
    if (!spans) return undefined
    const ids = new Set(spans.map(({ id }) => id))
    return Uint8Array.from(model.tree.id, id => (ids.has(id) ? 1 : 0))
  }, [model, spans])
  const count = useMemo(() => rows?.reduce((sum, one) => sum + one, 0) ?? 0, [rows])
  return useMemo(() => (node ? { text, rows, count, find } : undefined), [node, text, rows, count, find])
}

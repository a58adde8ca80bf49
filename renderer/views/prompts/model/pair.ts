import type { PromptVersionRow } from '../../../../shared/contract/prompts.ts'
import type { Question } from '../../../../shared/contract/search.ts'
import type { PromptAddress } from './address.ts'

/** What every section of a prompt speaks of. */
export interface PairContext {
  readonly prompt: string
  /** The version that is compared with; absent where there is one only. */
  readonly a: PromptVersionRow | undefined
  /** The version that is looked at. */
  readonly b: PromptVersionRow | undefined
  readonly where: { readonly where?: Question }
  /** What is asked, as text. */
  readonly query: string
}

/**
 * The two that the address names. Where it does not: the one that came last, and the one before it; not one that was only
 * tried. Versions are in the order in which they were first seen.
 */
export function pairOf(
  versions: readonly PromptVersionRow[],
  { from, to }: Pick<PromptAddress, 'from' | 'to'>,
): Pick<PairContext, 'a' | 'b'> {
  const find = (wanted: string | null | undefined) =>
    wanted === undefined ? undefined : versions.find(({ version }) => version === wanted)
  const last = (of: readonly PromptVersionRow[]) => of.findLast(({ version }) => version !== from)
  const b = find(to) ?? last(versions.filter(one => one.replays !== one.calls)) ?? last(versions) ?? versions.at(-1)
  const at = b ? versions.indexOf(b) : -1
  const named = find(from)
  const a = named && named !== b ? named : (versions[at - 1] ?? versions[at + 1])
  return { a, b }
}

/** The calls of a version under what is asked. */
export function queryOf(row: PromptVersionRow, query: string): string {
  return query === '' ? row.query : `(${query}) ${row.query}`
}

import type { Output } from '../../../shared/contract/index.ts'
import type { Asked } from '../lists/asking.ts'
import { countedCalls, replayedCalls } from '../pivot/calls.ts'
import { promptsOfCalls } from './columns.ts'

/** Calls of a stretch in which the most used version is looked for: stray calls are no change, an hour's trial of a thousand is. */
const [shortest, longest] = [9, 101]
/** Beyond so many nobody reads them. */
const mostChanges = 1000

/** When most calls of a prompt went over from one version to another; what is sent again from here is no traffic. `calls` are numbers of counted calls. */
export function changesOf(asked: Asked, calls: Uint32Array): Output<'prompts.versions'>['changes'] {
  const { table } = asked.subject
  const start = table.column('start')
  const { version } = promptsOfCalls(table)
  const { row } = countedCalls(table)
  const at = (i: number) => start[row[i]!]!
  const replayed = replayedCalls(table)
  const dated = calls.filter(i => replayed[i] === 0 && !Number.isNaN(at(i))).sort((a, b) => at(a) - at(b) || a - b)
  const changes: Output<'prompts.versions'>['changes'] = []
  const seen = new Set<number>()
  const text = (id: number) => (id === 0 ? null : table.names.text(id))
  const around = new Map<number, number>()
  const add = (k: number, n: number) => around.set(version[k]!, (around.get(version[k]!) ?? 0) + n)
  const half = Math.floor(Math.min(longest, Math.max(shortest, dated.length / 5)) / 2)
  let current: number | undefined
  for (let i = -half; i < dated.length; i++) {
    if (i + half < dated.length) add(dated[i + half]!, 1)
    if (i - half - 1 >= 0) add(dated[i - half - 1]!, -1)
    if (i < 0) continue
    const leading = leaderOf(around, current)
    // It began with the first call of that version, not when it had the majority.
    if (leading !== current && version[dated[i]!] === leading) {
      if (current !== undefined && changes.length < mostChanges) {
        const kind = seen.has(leading) ? 'rollback' : 'promotion'
        changes.push({ at: at(dated[i]!), from: text(current), to: text(leading), kind })
      }
      current = leading
      seen.add(leading)
    }
  }
  return changes
}

/** The version most of them have; of equals the one in use. */
function leaderOf(around: ReadonlyMap<number, number>, current: number | undefined): number {
  let [best, most] = [current ?? -1, current === undefined ? 0 : (around.get(current) ?? 0)]
  for (const [version, calls] of around) if (calls > most) [best, most] = [version, calls]
  return best
}

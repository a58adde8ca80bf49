import type { ImportRow } from '../../shared/contract/imports.ts'
import { formatPlural } from '../../shared/format/numbers.ts'
import type { Store } from './open.ts'

// Answers to requests that were sent from here are imports, one each; those of a run are listed, and removed, as one.

const scheme = 'replay:'

/** What an answer's import is said to be read from: there is no file. */
export function answerPath(run: string, name: string): string {
  return `${prefixOf(run)}${name}`
}

function prefixOf(run: string): string {
  return `${scheme}${encodeURIComponent(run)}:`
}

/** The run and the name of a call that an import is the answer of; undefined where it is none. */
function answerAt(path: string): { readonly run: string; readonly name: string } | undefined {
  const [, run, name] = /^replay:([^:]*):([^]*)$/.exec(path) ?? []
  try {
    return run === undefined || name === undefined ? undefined : { run: decodeURIComponent(run), name }
  } catch {
    return undefined
  }
}

/** The imports that stand as one with this one: all of its run, or itself. */
export function importsWith(store: Store, id: number): number[] {
  const path = store.query<[number], { path: string }>('import-files').get(id)?.path ?? ''
  const answer = answerAt(path)
  if (!answer) return [id]
  return store
    .query<[object], { id: number }>('imports-from')
    .all({ from: prefixOf(answer.run) })
    .map(row => row.id)
}

/** One row a run, where its latest answer stands, by the number of its first. `rows`: the newest first. */
export function groupAnswers(
  rows: readonly { readonly row: ImportRow; readonly paths: readonly string[] }[],
): ImportRow[] {
  const runs = new Map<string, { at: number; rows: ImportRow[]; names: Set<string> }>()
  const listed: ImportRow[] = []
  for (const { row, paths } of rows) {
    const answer = answerAt(paths[0] ?? '')
    const known = answer && runs.get(answer.run)
    if (known) {
      known.rows.push(row)
      known.names.add(answer.name)
      continue
    }
    if (answer) runs.set(answer.run, { at: listed.length, rows: [row], names: new Set([answer.name]) })
    listed.push(row)
  }
  for (const [run, { at, rows: own, names }] of runs) listed[at] = together(run, own, [...names])
  return listed
}

function together(run: string, rows: readonly ImportRow[], names: readonly string[]): ImportRow {
  const [latest] = rows
  const sum = (of: 'spans' | 'traces' | 'unreadable') => rows.reduce((all, row) => all + row[of], 0)
  const broken = rows.find(row => row.state !== 'complete')
  // Of one that is whole a receipt says nothing that the row does not.
  const { receipt: _receipt, ...row } = latest!
  return {
    ...row,
    id: rows.at(-1)!.id,
    files: [`${formatPlural(rows.length, 'answer')} to ${names.slice(0, 3).join(', ')}${names.length > 3 ? ' …' : ''}`],
    state: broken?.state ?? row.state,
    canContinue: false,
    spans: sum('spans'),
    traces: sum('traces'),
    unreadable: sum('unreadable'),
    answers: { run, imports: rows.length },
    ...(broken?.receipt ? { receipt: broken.receipt } : {}),
  }
}

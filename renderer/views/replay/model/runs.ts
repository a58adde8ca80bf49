import type { Attempt } from './attempts.ts'

/** Attempts that were sent together, the latest first. */
export interface Run {
  readonly run: string
  readonly attempts: readonly Attempt[]
}

/** A line of the list: an attempt, or what stands above several that were sent together. */
export type AnswerRow = { readonly of: Run } | { readonly attempt: Attempt; readonly within: boolean }

/** Runs of more than one have a line of their own, and theirs below it; the latest first. */
export function answerRows(attempts: readonly Attempt[]): readonly AnswerRow[] {
  const byRun = Map.groupBy(attempts, ({ run, send }) => run ?? send)
  return [...byRun].flatMap(([run, members]): AnswerRow[] =>
    members.length === 1
      ? [{ attempt: members[0]!, within: false }]
      : [{ of: { run, attempts: members } }, ...members.map(attempt => ({ attempt, within: true }))],
  )
}

/** What a person looks at: an attempt, a run of several, or what the log has. */
export type Chosen = { readonly send: string } | { readonly run: string } | 'logged'

/** What is shown: what was chosen if it is there, else the latest; undefined where nothing was sent. */
export function chosenOf(
  attempts: readonly Attempt[],
  chosen: Chosen | undefined,
): Attempt | Run | 'logged' | undefined {
  if (chosen === 'logged') return chosen
  if (chosen && 'run' in chosen) {
    const members = attempts.filter(({ run }) => run === chosen.run)
    if (members.length > 0) return { run: chosen.run, attempts: members }
  }
  const send = chosen && 'send' in chosen ? chosen.send : undefined
  return attempts.find(one => one.send === send) ?? attempts[0]
}

import { nameMatcher, type NameMatch } from '../../../shared/query/name-match.ts'
import type { Store } from '../open.ts'

const provided = new WeakSet<object>()
const mostTests = 1000

/** What SQLite has no function for: names compared as the language does. */
export function provideFunctions({ db }: Store): void {
  if (provided.has(db)) return
  provided.add(db)
  const tests = new Map<string, (name: string) => boolean>()
  db.function('matches', { deterministic: true }, (json: unknown, name: unknown) => {
    if (typeof json !== 'string' || typeof name !== 'string') return 0
    let test = tests.get(json)
    if (!test) {
      if (tests.size >= mostTests) tests.clear()
      tests.set(json, (test = nameMatcher(JSON.parse(json) as NameMatch)))
    }
    return test(name) ? 1 : 0
  })
  db.function('last_part', { deterministic: true }, (path: unknown) =>
    typeof path === 'string' ? path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1) : '',
  )
}

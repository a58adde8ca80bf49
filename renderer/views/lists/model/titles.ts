import type { ListKind } from '../../../../shared/contract/lists.ts'
import { formatPlural } from '../../../../shared/format/numbers.ts'
import { visibleLine } from '../../../../shared/format/visible-text.ts'
import { echoQuery } from '../../../../shared/query/echo.ts'
import { parseQuery } from '../../../../shared/query/parse.ts'
import type { ListState } from './row-list.ts'

interface Words {
  readonly title: string
  readonly one: string
  readonly count: (n: number) => string
}

function words(title: string, one: string): Words {
  return { title, one, count: n => formatPlural(n, one) }
}

export const titles: Readonly<Record<ListKind, Words>> = {
  traces: words('Traces', 'trace'),
  spans: words('Spans', 'span'),
  calls: words('Calls', 'call'),
  sessions: words('Sessions', 'session'),
}

/** Which list failed, and whose rows are still there. */
export function failureWords(kind: ListKind, { total, behind, shown = '', shownGroup }: ListState): string {
  if (total === undefined) return `The ${kind} could not be listed.`
  if (!behind) return 'The list could not be brought up to date; this is what it was.'
  const parsed = parseQuery(shown)
  const words = visibleLine(echoQuery(parsed.ok ? parsed.query : {}, kind), 200)
  const before = `${words}${shownGroup === undefined ? '' : `, by ${visibleLine(shownGroup, 60)}`}`
  return `The ${kind} could not be listed. Still shown is the result before: ${before} (${formatPlural(total, shownGroup === undefined ? titles[kind].one : 'group')}).`
}

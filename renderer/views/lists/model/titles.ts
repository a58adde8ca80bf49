import type { ListKind } from '../../../../shared/contract/lists.ts'
import { formatPlural } from '../../../../shared/format/numbers.ts'

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

import type { QueryNode } from '../../../shared/query/ast.ts'
import { parseQuery } from '../../../shared/query/parse.ts'
import { visibleLine } from '../../../shared/format/visible-text.ts'
import { tracesMatching } from '../query-route.ts'
import { navigate } from '../route.ts'
import type { PaletteItem } from './palette-items.ts'

/** What was typed as a query over all texts and fields; undefined when it is empty or none. */
export function searchItem(typed: string): { readonly item: PaletteItem; readonly isCertain: boolean } | undefined {
  const parsed = parseQuery(typed)
  if (!parsed.ok || !parsed.query.node) return undefined
  const item = {
    id: 'query.run',
    group: 'Search',
    title: `Traces that match ${visibleLine(typed, 120)}`,
    run: () => navigate(tracesMatching(typed)),
  }
  return { item, isCertain: hasField(parsed.query.node) }
}

function hasField(node: QueryNode): boolean {
  if (node.type === 'term' || node.type === 'scope') return true
  if (node.type === 'text') return node.value.type === 'regex' || node.value.quoted
  return node.type === 'not' ? hasField(node.item) : node.items.some(hasField)
}

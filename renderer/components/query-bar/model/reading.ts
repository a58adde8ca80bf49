import type { QueryNode, UnknownField } from '../../../../shared/query/ast.ts'
import { clausesOf, removeClause } from '../../../../shared/query/edit.ts'
import type { QueryError } from '../../../../shared/query/errors.ts'
import { echoQuery, type Listed } from '../../../../shared/query/echo.ts'
import { parseQuery } from '../../../../shared/query/parse.ts'

/** A text as the bar understands it, with every key. */
export interface Reading {
  /** What is asked of the store: the text without its `sort:` words. */
  readonly query: string
  /** What a `sort:` word asks for: `-cost`. */
  readonly sort?: string
  readonly error?: QueryError
  readonly unknown: readonly UnknownField[]
  /** In words. */
  readonly echo: string
  /** Asked while it is typed, not only after Enter: a prefix of one or two letters finds half of everything, slowly. */
  readonly isWorthAsking: boolean
}

/** `sorts`: what the list can be sorted by. Where it can be sorted by nothing, `sort:` is a word like any other. */
export function readDraft(text: string, of: Listed, sorts: readonly string[] = []): Reading {
  const whole = parseQuery(text)
  if (!whole.ok) return { query: text.trim(), unknown: [], echo: '', error: whole.error, isWorthAsking: false }
  const { query, sort } = takeSort(text.trim(), sorts)
  const parsed = sort === undefined ? whole : parseQuery(query)
  const node = parsed.ok ? parsed.query.node : undefined
  return {
    query,
    ...(sort === undefined ? {} : { sort }),
    // An address is text, and meant as such.
    unknown: whole.query.unknown.filter(
      ({ name, at }) => !text.startsWith('//', at.to + 1) && (sort === undefined || name.toLowerCase() !== 'sort'),
    ),
    echo: echoQuery(node ? { node } : {}, of),
    isWorthAsking: !node || !waitsForLetters(node),
  }
}

/** Takes `sort:-cost` out of the text, wherever it stands by itself. The last one counts. */
function takeSort(text: string, sorts: readonly string[]): { readonly query: string; readonly sort?: string } {
  if (!/(?:^|\s)sort:-?\w/.test(text)) return { query: text }
  let query = text
  let sort: string | undefined
  for (const clause of clausesOf(text).toReversed()) {
    const wanted = /^sort:(-?)([\w.]+)$/.exec(clause.text)
    const known = wanted && sorts.find(one => one.toLowerCase() === wanted[2]!.toLowerCase())
    if (!wanted || known === undefined) continue
    sort ??= `${wanted[1]}${known}`
    query = removeClause(query, clause.at)
  }
  return { query, ...(sort === undefined ? {} : { sort }) }
}

/** Whether some word is a prefix that is still too short. */
function waitsForLetters(node: QueryNode): boolean {
  if (node.type === 'text') return isShort(node.value)
  if (node.type === 'term') return false
  if (node.type === 'not' || node.type === 'scope') return waitsForLetters(node.item)
  return node.items.some(waitsForLetters)
}

function isShort(value: Extract<QueryNode, { type: 'text' }>['value']): boolean {
  if (value.type === 'regex') return false
  return !value.quoted && value.text.includes('*') && value.text.replaceAll('*', '').length < 3
}

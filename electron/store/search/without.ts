import type { Question } from '../../../shared/contract/search.ts'
import { clausesOf, removeClause } from '../../../shared/query/edit.ts'
import type { Condition } from '../../../shared/query/plan.ts'
import type { Counts } from './find.ts'
import { readQuestion } from './question.ts'

export interface WithoutClause extends Counts {
  /** The clause as it was written, and where it stands. */
  readonly clause: string
  readonly from: number
  readonly to: number
  /** The query without it. */
  readonly query: string
}

/** A person weighs a handful; what has more clauses was pasted. */
const mostClauses = 20

/** What a query would find if one of its clauses were gone: which of them makes a result empty. */
export function countWithoutEach(
  question: Question,
  count: (condition: Condition | undefined) => Counts,
): WithoutClause[] {
  const clauses = clausesOf(question.query)
  if (clauses.length < 2) return []
  return clauses.slice(0, mostClauses).map(({ text, at }) => {
    const query = removeClause(question.query, at)
    return { clause: text, ...at, query, ...count(readQuestion({ ...question, query })) }
  })
}

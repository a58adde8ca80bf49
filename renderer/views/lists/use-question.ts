import { useMemo } from 'react'
import type { Question } from '../../../shared/contract/search.ts'
import { questionOf } from '../../state/question.ts'

/** A query as part of a request: `now` stays as long as the query does, so that asking again asks the same. */
export function useQuestion(query: string): { readonly where?: Question } {
  return useMemo(() => (query === '' ? {} : { where: questionOf(query) }), [query])
}

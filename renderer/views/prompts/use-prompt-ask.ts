import { useEffect, useMemo } from 'react'
import type { Question } from '../../../shared/contract/search.ts'
import { parseQuery } from '../../../shared/query/parse.ts'
import type { Input } from '../../../shared/contract/index.ts'
import { type Asked, useAsk, useClient } from '../../app/view.ts'
import { questionOf } from '../../state/question.ts'
import { createStore, useStore } from '../../state/store.ts'

type PromptQuestion =
  | 'prompts.list'
  | 'prompts.versions'
  | 'prompts.version'
  | 'prompts.calls'
  | 'prompts.evidence'
  | 'prompts.compare'
  | 'prompts.series'
  | 'prompts.matches'
  | 'prompts.draft'

/** Counts edits of this window: what was asked before one is old. */
export const edits = createStore(0)

/** Asks again after imports, after edits, and when recovery has come to its end. */
export function usePromptAsk<K extends PromptQuestion>(name: K, input: Input<K> | null): Asked<K> {
  const client = useClient()
  const asked = useAsk(name, input, { live: true })
  const { again } = asked
  const count = useStore(edits)
  useEffect(() => {
    if (count > 0) again()
  }, [count, again])
  useEffect(() => client.on('prompts.progress', ({ state }) => state !== 'working' && again()), [client, again])
  return asked
}

/** A query as a part of what is asked; null while it cannot be read: the bar says why, and what was shown stays. */
export function useWhere(text: string): { readonly where?: Question } | null {
  return useMemo(() => {
    if (text === '') return {}
    return parseQuery(text).ok ? { where: questionOf(text) } : null
  }, [text])
}

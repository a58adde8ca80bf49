import { useCallback, useRef } from 'react'
import { queryHistory, rememberQuery } from '../../state/query-history.ts'
import { useAsk } from '../../state/use-ask.ts'

/** Walks through what was asked before, as a terminal does: what was being typed is the last step down. */
export function useHistory() {
  const store = useAsk('store.summary', {}).data?.path ?? ''
  const walk = useRef<{ readonly list: readonly string[]; at: number }>(undefined)
  const older = (typed: string): string | undefined => {
    const now = (walk.current ??= { list: [typed, ...queryHistory(store).filter(one => one !== typed.trim())], at: 0 })
    if (now.at + 1 >= now.list.length) return undefined
    now.at++
    return now.list[now.at]
  }
  const newer = useCallback((): string | undefined => {
    const now = walk.current
    if (!now || now.at === 0) return undefined
    now.at--
    return now.list[now.at]
  }, [])
  const stop = useCallback(() => {
    walk.current = undefined
  }, [])
  const remember = useCallback((query: string) => rememberQuery(store, query), [store])
  return { older, newer, stop, remember }
}

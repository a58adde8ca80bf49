import type { CancelSignal, Handlers } from '../../shared/contract/index.ts'

/** How the engine is asked for many rows at once. */
export const setManyRequest = 'notes.setMany'

interface Asked {
  ask(name: string, input: unknown, signal: CancelSignal): Promise<unknown>
}

/** What matches is listed first, which may take any time and be cancelled; then it is written. */
export function relayNotes(lists: Pick<Handlers, 'lists.ids'>, engine: Asked): Pick<Handlers, 'notes.setMatching'> {
  return {
    'notes.setMatching': async ({ list, where, except, word, on }, signal) => {
      const { id } = await lists['lists.ids']({ list, ...(where ? { where } : {}) }, signal)
      const left = new Set(except)
      const of = list === 'traces' ? 'traces' : 'spans'
      const answer = await engine.ask(setManyRequest, { of, ids: id.filter(one => !left.has(one)), word, on }, signal)
      return answer as Awaited<ReturnType<Handlers['notes.setMatching']>>
    },
  }
}

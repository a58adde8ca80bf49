import type { CancelSignal, Handlers, Input } from '../../shared/contract/index.ts'
import { InspectorError } from '../../shared/domain/errors.ts'
import type { Given, Need } from '../store/table/elsewhere.ts'

/** The requests that a store's columns answer. */
export const listRequests = [
  'lists.rows',
  'lists.neighbours',
  'lists.ids',
  'lists.totals',
  'lists.groups',
  'lists.histogram',
  'lists.facets',
  'search.without',
  'search.values',
  'costs.table',
  'charts.series',
  'charts.spread',
  'charts.points',
  'latency.operations',
  'latency.failures',
  'latency.slowest',
  'prompts.list',
  'prompts.versions',
  'prompts.version',
  'prompts.calls',
  'prompts.evidence',
  'prompts.compare',
  'prompts.series',
  'prompts.matches',
  'prompts.lastGood',
  'prompts.files',
] as const
export type ListRequest = (typeof listRequests)[number]

/** What the engine says instead of an answer: somebody else must be asked first, and it again with what they found. */
export interface Unanswered {
  readonly need: Need
}

/** A question with what was found for it. */
export interface WithGiven<K extends ListRequest> {
  readonly input: Input<K>
  readonly given: readonly Given[]
}

/** How the reader is asked. */
export const elsewhereRequest = 'table.elsewhere'

/** More clauses than that a query has hardly; each costs a round. */
const mostRounds = 100

interface Asked {
  ask(name: string, input: unknown, signal: CancelSignal): Promise<unknown>
}

/** Asks the engine, and what it needs beside its columns the reader, until it can answer. */
export function relayLists(engine: Asked, reader: Asked): Pick<Handlers, ListRequest> {
  const handler =
    (name: ListRequest) =>
    async (input: unknown, signal: CancelSignal): Promise<unknown> => {
      const given: Given[] = []
      for (let round = 0; round < mostRounds; round++) {
        const answer = await engine.ask(name, { input, given }, signal)
        if (!isUnanswered(answer)) return answer
        const found = (await reader.ask(elsewhereRequest, answer.need, signal)) as Given['found']
        given.push({ need: answer.need, found })
      }
      throw new InspectorError('query/too-many-clauses', 'Too many clauses of this query need the records read.')
    }
  return Object.fromEntries(listRequests.map(name => [name, handler(name)])) as unknown as Pick<Handlers, ListRequest>
}

function isUnanswered(answer: unknown): answer is Unanswered {
  return typeof answer === 'object' && answer !== null && Object.hasOwn(answer, 'need')
}

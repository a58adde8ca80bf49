import type { Output } from '../../../shared/contract/index.ts'
import type { Turn } from '../../../shared/contract/traces.ts'
import { type JoinedMessage, joinToolResults } from '../../components/messages/join.ts'
import type { Row } from '../../components/messages/rows.ts'
import { type ListRow, pageOfRows, textIn } from '../../state/list-page.ts'

/** Columns of the calls of a session. */
export const callColumns = [
  'trace',
  'name',
  'model',
  'agent',
  'started',
  'duration',
  'status',
  'cost',
  'tokens.input',
  'tokens.output',
] as const

/** One call of a conversation: its figures, and what it added to what was said. */
export interface SessionTurn {
  readonly call: ListRow
  readonly rows: readonly Extract<Row, { type: 'message' }>[]
  /** Set where another trace begins. */
  readonly begins: boolean
  /** Messages that were sent again. */
  readonly same: number
  readonly gone: number
}

/**
 * Turns of some calls in their order. Results stand under their calls also where the next call sent them; `before` calls at
 * the start and those past `count` are read for that only.
 */
export function turnsOf(
  calls: Output<'lists.rows'>,
  turns: readonly Turn[],
  before: number,
  count: number,
): SessionTurn[] {
  const page = pageOfRows(calls)
  const said = turns.flatMap(({ input, output }, turn) => [
    ...input.map(message => ({ message, turn, side: 'input' as const })),
    ...output.map(message => ({ message, turn, side: 'output' as const })),
  ])
  const joined = joinToolResults(said.map(({ message }) => message))
  const byTurn = new Map<number, JoinedMessage[]>()
  for (const one of joined) {
    const { turn } = said[one.index]!
    const known = byTurn.get(turn)
    if (known) known.push(one)
    else byTurn.set(turn, [one])
  }
  const list: SessionTurn[] = []
  for (let i = before; i < Math.min(turns.length, before + count); i++) {
    const call = { page, i }
    const previous = i > 0 ? textIn({ page, i: i - 1 }, 'trace') : undefined
    list.push({
      call,
      begins: previous !== textIn(call, 'trace'),
      same: turns[i]!.same,
      gone: turns[i]!.gone,
      rows: (byTurn.get(i) ?? []).map(one => ({
        type: 'message',
        side: said[one.index]!.side,
        joined: one,
        isNew: false,
        isSame: false,
      })),
    })
  }
  return list
}

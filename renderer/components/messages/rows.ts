import { isInstruction } from '../../../shared/messages/same-content.ts'
import type { JoinedMessage } from './join.ts'

export type Side = 'input' | 'output'

export type Row =
  | {
      readonly type: 'message'
      readonly side: Side
      readonly joined: JoinedMessage
      /** In a call that goes on from another one: not there before. */
      readonly isNew: boolean
      readonly isSame: boolean
    }
  /** Messages in whose place their number stands; `first` is the place of the first in the list sent. */
  | {
      readonly type: 'folded'
      readonly first: number
      readonly members: readonly JoinedMessage[]
      readonly same: boolean
    }
  | { readonly type: 'divide' }

export interface Folding {
  /** 1 for a message that the call before had too; absent where no such call is known. */
  readonly same?: Uint8Array | undefined
  /** Whether a fold is open, by the place of its first message. */
  readonly isOpen: (first: number) => boolean
}

/** Messages kept in sight at the end of a long conversation of which nobody knows what is new. */
const keptAtEnd = 6
const longConversation = 12

/** What a conversation shows, in its order: instructions, what is new, and the number of what is not. */
export function rowsOf(asked: readonly JoinedMessage[], answered: readonly JoinedMessage[], folding: Folding): Row[] {
  const { same } = folding
  const rows: Row[] = []
  const spoken = asked.filter(({ message }) => !isInstruction(message.role))
  const isOld = same
    ? (joined: JoinedMessage) => isSameThroughout(joined, same)
    : oldByPlace(spoken.length > longConversation ? spoken.slice(0, -keptAtEnd) : [])
  // A call that only repeats another one would show nothing at all.
  const nothingNew = same !== undefined && spoken.every(isOld)
  const last = nothingNew ? spoken.at(-1) : undefined
  let run: JoinedMessage[] = []
  const endRun = () => {
    const [first] = run
    if (!first) return
    if (folding.isOpen(first.index)) {
      for (const joined of run)
        rows.push({ type: 'message', side: 'input', joined, isNew: false, isSame: same !== undefined })
    } else rows.push({ type: 'folded', first: first.index, members: run, same: same !== undefined })
    run = []
  }
  for (const joined of asked) {
    if (!isInstruction(joined.message.role) && joined !== last && isOld(joined)) {
      run.push(joined)
      continue
    }
    endRun()
    const isSame = same !== undefined && isSameThroughout(joined, same)
    rows.push({ type: 'message', side: 'input', joined, isNew: same !== undefined && !isSame, isSame })
  }
  endRun()
  if (answered.length > 0) rows.push({ type: 'divide' })
  for (const joined of answered)
    rows.push({ type: 'message', side: 'output', joined, isNew: same !== undefined, isSame: false })
  return rows
}

/** A call whose result came only now is news: both stand together. */
function isSameThroughout({ index, parts }: JoinedMessage, same: Uint8Array): boolean {
  return same[index] === 1 && parts.every(({ resultFrom }) => resultFrom === undefined || same[resultFrom] === 1)
}

function oldByPlace(old: readonly JoinedMessage[]): (joined: JoinedMessage) => boolean {
  const members = new Set(old)
  return joined => members.has(joined)
}

import { hash } from 'node:crypto'
import type { Output } from '../../shared/contract/index.ts'
import type { Turn } from '../../shared/contract/traces.ts'
import type { Message } from '../../shared/domain/message.ts'
import type { Span } from '../../shared/domain/span.ts'
import { repeatsOf, type Repeats, type Said } from '../../shared/messages/repeats.ts'
import { contentOf, isInstruction } from '../../shared/messages/same-content.ts'
import type { Store } from '../store/open.ts'

/** Calls whose hashes are remembered: stepping through a trace hashes each once. */
const remembered = 500

type ReadSpan = (id: number) => Span | undefined

/** What calls add to what calls before them said. Hashes are remembered until somebody commits to the store. */
export function createTurnReader(
  store: Store,
  readSpan: ReadSpan,
): {
  repeats(id: number, earlier: readonly number[]): Output<'spans.repeats'> | undefined
  news(ids: readonly number[], before: readonly number[]): Turn[]
} {
  const known = new Map<number, Said>()
  let version: unknown
  const forgetWhenChanged = (): void => {
    const now = store.db.pragma('data_version', { simple: true })
    if (now !== version) known.clear()
    version = now
  }
  const remember = (id: number, said: Said): Said => {
    if (known.size >= remembered) known.delete(known.keys().next().value ?? id)
    known.set(id, said)
    return said
  }
  const saidBy = (id: number): Said => {
    const before = known.get(id)
    if (before) return before
    const span = readSpan(id)
    return remember(id, saidOf(inputOf(span), outputOf(span)))
  }
  const nearest = (call: Said, earlier: readonly number[]): { id: number; repeats: Repeats } | undefined => {
    let best: { id: number; repeats: Repeats } | undefined
    for (const id of earlier) {
      const other = saidBy(id)
      const repeats = repeatsOf(call, other)
      if (repeats.count > (best?.repeats.count ?? 0)) best = { id, repeats }
      // It goes on from there: none further away can have more.
      if (best?.id === id && repeats.gone === 0 && repeats.count >= spoken(other)) break
    }
    return best
  }
  return {
    repeats(id, earlier) {
      forgetWhenChanged()
      if (!known.has(id) && !readSpan(id)) return undefined
      const found = nearest(saidBy(id), earlier)
      return found
        ? { previous: found.id, same: found.repeats.same, gone: found.repeats.gone }
        : { previous: null, same: new Uint8Array(), gone: 0 }
    },
    news(ids, before) {
      forgetWhenChanged()
      const turns: Turn[] = []
      const earlier = [...before]
      for (const id of ids) {
        const span = readSpan(id)
        const input = inputOf(span)
        const output = outputOf(span)
        const said = known.get(id) ?? remember(id, saidOf(input, output))
        const found = nearest(said, earlier.slice(0, mostBefore))
        const same = found?.repeats.same
        turns.push({
          id,
          previous: found?.id ?? null,
          same: found?.repeats.count ?? 0,
          gone: found?.repeats.gone ?? 0,
          input: same ? input.filter((_, i) => same[i] !== 1) : input,
          output,
        })
        earlier.unshift(id)
      }
      return turns
    },
  }
}

/** Calls that are looked at for the one before: agents that work side by side take turns. */
const mostBefore = 8

function saidOf(input: readonly Message[], output: readonly Message[]): Said {
  return {
    sent: input.map(hashOf),
    answered: output.map(hashOf),
    instruction: Uint8Array.from(input, ({ role }) => (isInstruction(role) ? 1 : 0)),
  }
}

/** Messages sent that are no instructions. */
function spoken({ sent, instruction }: Said): number {
  return sent.length - instruction.reduce((sum, one) => sum + one, 0)
}

function hashOf(message: Message): string {
  return hash('sha1', contentOf(message), 'base64')
}

/** A call that exchanges no messages says what it was given and what it gave. */
function inputOf(span: Span | undefined): readonly Message[] {
  return span?.inputMessages ?? asMessage('user', span?.input)
}

function outputOf(span: Span | undefined): readonly Message[] {
  return span?.outputMessages ?? asMessage('assistant', span?.output)
}

function asMessage(role: string, value: Span['input']): readonly Message[] {
  if (value === undefined) return []
  return [{ role, parts: [typeof value === 'string' ? { type: 'text', text: value } : { type: 'other', value }] }]
}

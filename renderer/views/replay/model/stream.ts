import type { EventData } from '../../../../shared/contract/index.ts'
import { createStore, type Store } from '../../../state/store.ts'

export type Told = EventData<'replay.progress'>

/** What came of an answer so far. */
export interface Streamed {
  readonly phase: Told['phase']
  readonly bytesIn: number
  /** Milliseconds since 1970 when it looks again whether a limit of the provider lets it go. */
  readonly until?: number
  /** Milliseconds from sending to the first text; absent until it came. */
  readonly firstToken?: number
  /** Texts that change no more: only what comes behind them is laid out anew. */
  readonly settled: readonly string[]
  readonly tail: string
  readonly reasoning: string
  readonly toolCalls: readonly { readonly name: string; readonly arguments: string }[]
}

const nothing: Streamed = {
  phase: 'connecting',
  bytesIn: 0,
  settled: [],
  tail: '',
  reasoning: '',
  toolCalls: [],
}

/** Characters from which on a text is cut at the end of a line, and of which it is cut where there is none. */
const [pieceOf, mostOfPiece] = [1000, 4000]

/** Milliseconds between two showings: the first is shown at once, and nobody reads more than twenty a second. */
const every = 48

/** Gathers what is told of a request and shows it in a frame, now and then, however often it is told. */
export class Stream {
  readonly shown: Store<Streamed> = createStore(nothing)
  private now: Streamed = nothing
  private isDue = false
  private last = Number.NEGATIVE_INFINITY

  add(told: Told): void {
    const { phase, bytesIn, until, elapsed, text = '', reasoning = '', toolCalls = [] } = told
    const calls = [...this.now.toolCalls]
    for (const { index, name, arguments: piece = '' } of toolCalls) {
      // Places come one after another; what skips some is no answer that anybody reads.
      const at = Math.min(Math.max(index, 0), calls.length)
      const before = calls[at] ?? { name: '', arguments: '' }
      calls[at] = { name: name ?? before.name, arguments: before.arguments + piece }
    }
    const isFirst = this.now.firstToken === undefined && (text !== '' || reasoning !== '' || toolCalls.length > 0)
    const { until: _, ...before } = this.now
    this.now = {
      ...before,
      ...(until === undefined ? {} : { until }),
      phase,
      bytesIn,
      ...(isFirst ? { firstToken: elapsed } : {}),
      ...settledOf(this.now, text),
      reasoning: this.now.reasoning + reasoning,
      toolCalls: calls,
    }
    if (this.isDue) return
    this.isDue = true
    const wait = this.last + every - performance.now()
    const draw = () => requestAnimationFrame(() => this.show())
    if (wait > 0) setTimeout(draw, wait)
    else draw()
  }

  get text(): string {
    return this.now.settled.join('') + this.now.tail
  }

  private show(): void {
    this.isDue = false
    this.last = performance.now()
    this.shown.set(this.now)
  }
}

function settledOf({ settled, tail }: Streamed, text: string): Pick<Streamed, 'settled' | 'tail'> {
  let rest = tail + text
  if (rest.length < pieceOf) return { settled, tail: rest }
  const pieces: string[] = []
  while (rest.length >= pieceOf) {
    const line = rest.lastIndexOf('\n', mostOfPiece - 1) + 1
    if (line === 0 && rest.length < mostOfPiece) break
    const cut = line === 0 ? mostOfPiece - (isHighSurrogate(rest.charCodeAt(mostOfPiece - 1)) ? 1 : 0) : line
    pieces.push(rest.slice(0, cut))
    rest = rest.slice(cut)
  }
  return { settled: pieces.length === 0 ? settled : [...settled, ...pieces], tail: rest }
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code < 0xdc00
}

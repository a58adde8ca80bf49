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

/** Characters after which a text is cut at the end of a line, or where there is none at once. */
const pieceOf = 1000

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
  const all = tail + text
  if (all.length < pieceOf) return { settled, tail: all }
  const line = all.lastIndexOf('\n')
  const cut = line < 0 ? (all.length < 4 * pieceOf ? 0 : all.length) : line + 1
  return cut === 0 ? { settled, tail: all } : { settled: [...settled, all.slice(0, cut)], tail: all.slice(cut) }
}

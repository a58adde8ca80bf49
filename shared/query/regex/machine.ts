import type { Step } from './program.ts'
import { isWordChar } from './sets.ts'

/** What stood before: the beginning, a letter of a word, anything else. */
type Before = 0 | 1 | 2
const start: Before = 0
const wordChar: Before = 1
const otherChar: Before = 2
const end = -1

/** A set of steps the machine may be in. `after` has where it goes, by character. */
interface State {
  readonly steps: readonly number[]
  readonly before: Before
  readonly ascii: (State | undefined)[]
  readonly others: Map<number, State>
}

/** Past so many states the machine forgets and begins anew: memory stays bounded, time linear. */
const mostStates = 1000

/**
 * Runs a program over a text in one pass, whatever the program: all its possible states at once. Sets of states that came
 * up are remembered with where each character leads, so that most characters cost one look-up.
 */
export class Machine {
  private readonly program: readonly Step[]
  private readonly known = new Map<string, State>()
  private readonly matched: State = { steps: [], before: otherChar, ascii: [], others: new Map() }
  private first: State | undefined

  constructor(program: readonly Step[]) {
    this.program = program
  }

  /** Whether any part of the text matches. */
  test(text: string): boolean {
    let state = (this.first ??= this.state([0], start))
    for (let i = 0; i < text.length; i++) {
      let code = text.charCodeAt(i)
      if (code < 128) {
        state = state.ascii[code] ??= this.advance(state, code)
      } else {
        if (code >= 0xd800 && code < 0xdc00) {
          code = text.codePointAt(i)!
          if (code > 0xffff) i++
        }
        let next = state.others.get(code)
        if (!next) state.others.set(code, (next = this.advance(state, code)))
        state = next
      }
      if (state === this.matched) return true
    }
    return this.closure(state.steps, state.before, end).isMatch
  }

  private advance(state: State, code: number): State {
    const { chars, isMatch } = this.closure(state.steps, state.before, code)
    if (isMatch) return this.matched
    const next = [0] // a match may begin anywhere
    for (const at of chars) {
      const step = this.program[at]!
      if (step.type === 'char' && step.set(code)) next.push(step.next)
    }
    return this.state(next, isWordChar(code) ? wordChar : otherChar)
  }

  private state(unsorted: readonly number[], before: Before): State {
    const steps = [...new Set(unsorted)].sort((a, b) => a - b)
    const key = `${before}:${steps.join()}`
    let state = this.known.get(key)
    if (!state) {
      if (this.known.size >= mostStates) this.forget()
      state = { steps, before, ascii: [], others: new Map() }
      this.known.set(key, state)
    }
    return state
  }

  private forget(): void {
    for (const state of this.known.values()) {
      state.ascii.length = 0
      state.others.clear()
    }
    this.known.clear()
    this.first = undefined
  }

  /** The steps that wait for a character, from these on; `next` is the character that comes, or the end. */
  private closure(from: readonly number[], before: Before, next: number): { chars: number[]; isMatch: boolean } {
    const seen = new Set<number>()
    const stack = [...from]
    const chars: number[] = []
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      if (seen.has(at)) continue
      seen.add(at)
      const step = this.program[at]!
      if (step.type === 'match') return { chars: [], isMatch: true }
      if (step.type === 'char') chars.push(at)
      else if (step.type === 'split') stack.push(step.next, step.other)
      else if (holds(step.what, before, next)) stack.push(step.next)
    }
    return { chars, isMatch: false }
  }

  /** The first match, the longest that begins there; undefined where there is none. Slower: nothing is remembered. */
  find(text: string, from = 0): { readonly from: number; readonly to: number } | undefined {
    /** Where the match would have begun, by step. */
    let threads = new Map<number, number>()
    let found: { from: number; to: number } | undefined
    let before: Before = from === 0 ? start : isWordChar(text.charCodeAt(from - 1)) ? wordChar : otherChar
    for (let i = from; i <= text.length;) {
      if (!found) threads.set(0, Math.min(threads.get(0) ?? i, i))
      const code = i < text.length ? text.codePointAt(i)! : end
      const next = new Map<number, number>()
      for (const [at, began] of this.spread(threads, before, code)) {
        const step = this.program[at]!
        if (step.type === 'match') {
          if (!found || began < found.from || (began === found.from && i > found.to)) found = { from: began, to: i }
        } else if (step.type === 'char' && code !== end && step.set(code)) {
          next.set(step.next, Math.min(next.get(step.next) ?? began, began))
        }
      }
      if (found) for (const [at, began] of next) if (began > found.from) next.delete(at)
      if (found && next.size === 0) break
      threads = next
      before = isWordChar(code) ? wordChar : otherChar
      i += code > 0xffff ? 2 : 1
    }
    return found
  }

  /** The earliest beginning by step, for all steps that can be reached without a character. */
  private spread(threads: ReadonlyMap<number, number>, before: Before, next: number): Map<number, number> {
    const reached = new Map<number, number>()
    const stack = [...threads].sort((a, b) => b[1] - a[1])
    for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
      const [at, began] = top
      if ((reached.get(at) ?? Infinity) <= began) continue
      reached.set(at, began)
      const step = this.program[at]!
      if (step.type === 'split') stack.push([step.other, began], [step.next, began])
      else if (step.type === 'assert' && holds(step.what, before, next)) stack.push([step.next, began])
    }
    return reached
  }
}

function holds(what: 'start' | 'end' | 'word' | 'not-word', before: Before, next: number): boolean {
  if (what === 'start') return before === start
  if (what === 'end') return next === end
  const isEdge = (before === wordChar) !== (next !== end && isWordChar(next))
  return (what === 'word') === isEdge
}

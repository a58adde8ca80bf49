import { ignoringCase, type CharSet } from './sets.ts'
import { RegexFailure, type Assertion, type RegexNode } from './syntax.ts'

/** A step of the machine; `next` and `other` are numbers of steps. */
export type Step =
  | { readonly type: 'char'; readonly set: CharSet; next: number }
  | { readonly type: 'split'; next: number; other: number }
  | { readonly type: 'assert'; readonly what: Assertion; next: number }
  | { readonly type: 'match' }

/** Steps of one expression. The time a text takes is at most its length times this. */
const mostSteps = 3000

/** The steps of an expression; the first is where it begins. */
export function toProgram(node: RegexNode, ignoreCase: boolean): readonly Step[] {
  const steps: Step[] = []
  const add = <S extends Step>(step: S): S => {
    if (steps.length >= mostSteps)
      throw new RegexFailure('The regular expression is too large once its repetitions are written out.')
    steps.push(step)
    return step
  }
  const split = (): Extract<Step, { type: 'split' }> => add({ type: 'split', next: steps.length + 1, other: 0 })

  const write = (part: RegexNode): void => {
    if (part.type === 'set') {
      add({ type: 'char', set: ignoreCase ? ignoringCase(part.set) : part.set, next: steps.length + 1 })
    } else if (part.type === 'assert') add({ type: 'assert', what: part.what, next: steps.length + 1 })
    else if (part.type === 'all') part.items.forEach(write)
    else if (part.type === 'any') writeEither(part.items)
    else writeRepeat(part.item, part.least, part.most)
  }

  const writeEither = (items: readonly RegexNode[]): void => {
    const ends: Extract<Step, { type: 'split' }>[] = []
    items.forEach((item, i) => {
      if (i === items.length - 1) return write(item)
      const fork = split()
      write(item)
      const jump = split()
      ends.push(jump)
      fork.other = steps.length
    })
    for (const jump of ends) jump.next = jump.other = steps.length
  }

  const writeRepeat = (item: RegexNode, least: number, most: number): void => {
    for (let i = 0; i < least; i++) write(item)
    if (most === Infinity) {
      const at = steps.length
      const fork = split()
      write(item)
      const back = split()
      back.next = back.other = at
      fork.other = steps.length
      return
    }
    const forks = []
    for (let i = least; i < most; i++) {
      forks.push(split())
      write(item)
    }
    for (const fork of forks) fork.other = steps.length
  }

  write(node)
  add({ type: 'match' })
  return steps
}

/** A text that every match holds, the longest there is; '' where there is none. */
export function requiredText(node: RegexNode): string {
  let best = ''
  let run = ''
  const close = (): void => {
    if (run.length > best.length) best = run
    run = ''
  }
  const walk = (part: RegexNode): void => {
    if (part.type === 'set') {
      if (part.literal === undefined) close()
      else run += String.fromCodePoint(part.literal)
    } else if (part.type === 'all') part.items.forEach(walk)
    else if (part.type === 'repeat' && part.least > 0) {
      close()
      walk(part.item)
      close()
    } else if (part.type !== 'assert') close()
  }
  walk(node)
  close()
  return best
}

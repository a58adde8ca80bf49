// Which attributes of a span nothing reads: what the receipt counts as kept but not understood.

import type { RawSpan } from '../domain/raw-span.ts'
import { commonNames } from './basic.ts'
import { forEachBit } from './bits.ts'
import type { Convention } from './convention.ts'
import { originNames } from './resource.ts'
import { statusNames } from './status.ts'

/** Names remembered, as in speakers.ts. */
const mostNames = 20_000

/**
 * Tells the names among a span's attributes that none of the conventions which understood it lists, nor what is read of
 * every span. Producers repeat their names: each is compared once for each set of conventions.
 */
export function findUnread(
  conventions: readonly Convention[],
): (span: RawSpan, understood: number, tell: (name: string) => void) => void {
  const bySet = new Map<number, { isRead: (name: string) => boolean; known: Map<string, boolean> }>()
  let remembered = 0
  return (span, understood, tell) => {
    let set = bySet.get(understood)
    if (!set) bySet.set(understood, (set = { isRead: compile(conventions, understood), known: new Map() }))
    for (const name in span.attributes) {
      let isRead = set.known.get(name)
      if (isRead === undefined) {
        isRead = set.isRead(name)
        if (remembered < mostNames && name.length < 128) {
          set.known.set(name, isRead)
          remembered++
        }
      }
      if (!isRead) tell(name)
    }
  }
}

function compile(conventions: readonly Convention[], understood: number): (name: string) => boolean {
  const exact = new Set<string>([...commonNames, ...originNames, ...statusNames])
  const patterns: RegExp[] = []
  forEachBit(understood, place => {
    const convention = conventions[place]
    for (const name of [...(convention?.reads ?? []), ...(convention?.keeps ?? [])]) {
      if (name.includes('*')) patterns.push(patternOf(name))
      else exact.add(name)
    }
  })
  return name => exact.has(name) || patterns.some(pattern => pattern.test(name))
}

function patternOf(name: string): RegExp {
  const parts = name.split('*').map(part => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`, 's')
}

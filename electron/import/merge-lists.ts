import { hash } from 'node:crypto'

/** A printed item that is longer is remembered by its hash. */
const longest = 64

/**
 * Lists of several records of a span as one: what any of them has, as often as the one that has it most often, for a history
 * may hold the same message twice.
 */
export class Union<T> {
  private readonly items: T[] = []
  /** Where each list ends. */
  private readonly ends: number[] = []
  private readonly roughly: (item: T) => string
  private readonly print: (item: T) => string

  /** `roughly` differs only where items do: most differ there, and what does need not be printed to be compared. */
  constructor(roughly: (item: T) => string, print: (item: T) => string) {
    this.roughly = roughly
    this.print = print
  }

  add(list: readonly T[]): void {
    if (list.length === 0) return
    for (const item of list) this.items.push(item)
    this.ends.push(this.items.length)
  }

  whole(): readonly T[] {
    const { items, ends } = this
    if (ends.length <= 1) return items
    const repeated = this.repeated()
    if (repeated.size === 0) return items
    const counts = new Map<string, number>()
    const all: T[] = []
    let at = 0
    for (const end of ends) {
      const here = new Map<string, number>()
      for (; at < end; at++) {
        const item = items[at]!
        if (repeated.has(this.roughly(item))) {
          const key = shortened(this.print(item))
          const count = (here.get(key) ?? 0) + 1
          here.set(key, count)
          if (count <= (counts.get(key) ?? 0)) continue
          counts.set(key, count)
        }
        all.push(item)
      }
    }
    return all
  }

  /** What more than one item looks like. */
  private repeated(): Set<string> {
    const seen = new Set<string>()
    const repeated = new Set<string>()
    for (const item of this.items) {
      const key = this.roughly(item)
      if (seen.has(key)) repeated.add(key)
      else seen.add(key)
    }
    return repeated
  }
}

function shortened(text: string): string {
  return text.length > longest ? hash('sha256', text, 'base64') : text
}

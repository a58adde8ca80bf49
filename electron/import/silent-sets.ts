import { mostNumbers } from './scan/scanner.ts'

const verdicts = { unknown: 0, speaks: 1, silent: 2 } as const

/**
 * Sets of names, by the scan's numbers, of which none says anything to anybody: a span that has only such attributes is read
 * without them, and all that is told of them is their names.
 */
export class SilentSets {
  private readonly verdicts = new Uint8Array(mostNumbers + 1)
  private readonly sets = new Map<number, { readonly names: readonly string[]; spans: number }>()
  private readonly isSilent: (name: string) => boolean
  private readonly tell: (name: string, spans: number) => void
  private latest = { names: [] as readonly string[], spans: 0 }
  private latestSet = 0

  constructor(isSilent: (name: string) => boolean, tell: (name: string, spans: number) => void) {
    this.isSilent = isSilent
    this.tell = tell
  }

  has(set: number): boolean {
    return this.verdicts[set] === verdicts.silent
  }

  isKnown(set: number): boolean {
    return this.verdicts[set] !== verdicts.unknown
  }

  /** Whether nobody need read what it is the names of. */
  judge(set: number, names: readonly string[]): boolean {
    const isSilent = names.every(this.isSilent)
    this.verdicts[set] = isSilent ? verdicts.silent : verdicts.speaks
    if (isSilent) this.sets.set(set, { names, spans: 0 })
    return isSilent
  }

  /** One more span has these attributes. Names are told at once when a file has them first: only so many are counted. */
  note(set: number): void {
    if (set !== this.latestSet) {
      this.latest = this.sets.get(set)!
      this.latestSet = set
    }
    if (this.latest.spans++ === 0) for (const name of this.latest.names) this.tell(name, 1)
  }

  /** The file is over. */
  flush(): void {
    for (const found of this.sets.values()) {
      if (found.spans > 1) for (const name of found.names) this.tell(name, found.spans - 1)
      found.spans = 0
    }
  }
}

// The lines of rendered prompts as numbers, so that what many of them share can be counted.

import { LineEnds } from './line-ends.ts'

/** Lines of one prompt. The second time a line stands in it, it is another line. */
export interface Lines {
  /** Number of each line; -1 for those too short to say where they are. */
  readonly ids: Int32Array
  /** Where each begins, and at last where the text ends, in UTF-16 units. */
  readonly starts: Int32Array
}

/** What names a moment or one of many things, wherever it stands: a line with another one is the same line. */
const momentary =
  /\b\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?|\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b|\b\d\d?[/.]\d\d?[/.](?:\d\d){1,2}\b|\b\d\d?:\d\d(?::\d\d)?\b/g

/** Where moments stand in a text. */
export function momentsIn(text: string): { readonly from: number; readonly to: number }[] {
  return [...text.matchAll(momentary)].map(({ index, 0: found }) => ({ from: index, to: index + found.length }))
}

/** Shorter ones stand everywhere: empty lines, brackets, fences. */
const shortest = 4

/** Of longer ones the ends are kept and a hash of all: of five megabytes in one line nobody keeps each variant. */
const longest = 2000

function hashOf(line: string): string {
  let [a, b] = [0x811c9dc5, 0x9e3779b9]
  for (let i = 0; i < line.length; i++) {
    a = Math.imul(a ^ line.charCodeAt(i), 0x01000193)
    b = Math.imul(b ^ line.charCodeAt(i), 0x85ebca6b) ^ (b >>> 13)
  }
  return `${line.length} ${a} ${b}`
}

/** What each line of a text is known by, and where it begins; undefined for those too short to say where they are. */
export function lineKeys(text: string, seen = new Map<string, number>()) {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  starts.push(text.length + 1)
  const keys: (string | undefined)[] = []
  for (let i = 0; i < starts.length - 1; i++) {
    const line = text
      .slice(starts[i], starts[i + 1]! - 1)
      .trimEnd()
      .replace(momentary, '\u0001')
    if (line.length > longest) {
      keys.push(`${line.slice(0, longest / 4)}\u0003${hashOf(line)}\u0003${line.slice(-longest / 4)}`)
      continue
    }
    if (line.length < shortest) {
      keys.push(undefined)
      continue
    }
    const again = (seen.get(line) ?? 0) + 1
    seen.set(line, again)
    keys.push(again === 1 ? line : `${again}\n${line}`)
  }
  return { keys, starts: Int32Array.from(starts) }
}

/** Numbers for the lines of a group of prompts. */
export class LineNumbers {
  private readonly numbers = new Map<string, number>()
  private readonly texts: string[] = []

  get size(): number {
    return this.numbers.size
  }

  readonly ends = new LineEnds()
  private readonly runs: ReturnType<LineEnds['of']>[] = []

  /** How a line begins and ends. */
  endsOf(line: number): ReturnType<LineEnds['of']> {
    return (this.runs[line] ??= this.ends.of(this.textOf(line)))
  }

  /** The line of a number, moments left out. */
  textOf(line: number): string {
    return this.texts[line]!
  }

  linesOf(text: string): Lines {
    const { keys, starts } = lineKeys(text)
    return { ids: Int32Array.from(keys, key => (key === undefined ? -1 : this.numberOf(key))), starts }
  }

  private numberOf(line: string): number {
    const known = this.numbers.get(line)
    if (known !== undefined) return known
    // A piece of a text keeps all of that text in memory.
    const own = ` ${line}`.slice(1)
    this.numbers.set(own, this.texts.length)
    return this.texts.push(own) - 1
  }
}

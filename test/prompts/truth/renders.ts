import type { Random } from '../../helpers/random.ts'
import { makeTemplates, type Line } from './templates.ts'
import { valueOf } from './values.ts'
import { paragraph, sentence } from './words.ts'

/** Where a value stands in a rendered prompt, in UTF-16 units. */
export interface SlotRange {
  readonly name: string
  readonly from: number
  readonly to: number
}

/** A prompt as a dump has it, and what is true of it. */
export interface Render {
  readonly text: string
  readonly feature: string
  /** Milliseconds. */
  readonly at: number
  readonly truth: {
    /** Calls with the same one were made from the same text. */
    readonly version: string
    readonly slots: readonly SlotRange[]
  }
}

export interface TruthOptions {
  readonly templates: number
  readonly versions: number
  readonly renders: number
}

const day = 86_400_000
const start = Date.UTC(2026, 2, 2, 8)
/** How long a version is in use. */
const reign = 9 * day

/**
 * Prompts whose templates, versions and slots are known, in the order of their calls. A version begins while the last of the
 * one before still runs (a twentieth of its calls); one call in a hundred is written by hand and like no other.
 */
export function makeRenders(random: Random, { templates, versions, renders }: TruthOptions): Render[] {
  const made: Render[] = []
  for (const { name, feature, versions: texts } of makeTemplates(random, templates, versions)) {
    for (const [v, lines] of texts.entries()) {
      for (let n = 0; n < renders; n++) {
        const early = v > 0 && random.unit() < 0.05 ? -0.2 * random.unit() : random.unit()
        const at = Math.round(start + (v + early) * reign)
        made.push(
          random.below(100) === 0
            ? byHand(random, feature, at, made.length)
            : render(lines, random, feature, at, `${name} v${v + 1}`),
        )
      }
    }
  }
  return made.toSorted((a, b) => a.at - b.at)
}

function render(lines: readonly Line[], random: Random, feature: string, at: number, version: string): Render {
  const slots: SlotRange[] = []
  let text = ''
  for (const [i, line] of lines.entries()) {
    if (i > 0) text += '\n'
    for (const piece of line) {
      const value = typeof piece === 'string' ? piece : valueOf(piece.type, piece.n, random, at)
      if (typeof piece !== 'string') slots.push({ name: piece.name, from: text.length, to: text.length + value.length })
      text += value
    }
  }
  return { text, feature, at, truth: { version, slots } }
}

function byHand(random: Random, feature: string, at: number, n: number): Render {
  const text = `${sentence(random)}\n${paragraph(random)}\nTry ${n}.`
  return { text, feature, at, truth: { version: `by hand ${n}`, slots: [] } }
}

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
 * Prompts whose templates, versions and slots are known, in the order of their calls. Calls come in sessions of one to eight,
 * in which every third slot keeps its value. A version begins while the last of the one before still runs (a twentieth of its
 * sessions); one call in a hundred is written by hand and like no other.
 */
export function makeRenders(random: Random, { templates, versions, renders }: TruthOptions): Render[] {
  const made: Render[] = []
  for (const { name, feature, versions: texts } of makeTemplates(random, templates, versions)) {
    for (const [v, lines] of texts.entries()) {
      let session: Session = { left: 0, at: 0, values: new Map() }
      for (let n = 0; n < renders; n++) {
        if (session.left === 0) session = newSession(random, v)
        session.left -= 1
        session.at += 20_000 + random.below(70_000)
        made.push(
          random.below(100) === 0
            ? byHand(random, feature, session.at, made.length)
            : render(lines, random, feature, session, `${name} v${v + 1}`),
        )
      }
    }
  }
  return made.toSorted((a, b) => a.at - b.at)
}

interface Session {
  left: number
  at: number
  readonly values: Map<string, string>
}

function newSession(random: Random, version: number): Session {
  const early = version > 0 && random.unit() < 0.05 ? -0.2 * random.unit() : random.unit()
  return { left: 1 + random.below(8), at: Math.round(start + (version + early) * reign), values: new Map() }
}

function render(lines: readonly Line[], random: Random, feature: string, session: Session, version: string): Render {
  const { at, values } = session
  const slots: SlotRange[] = []
  let text = ''
  for (const [i, line] of lines.entries()) {
    if (i > 0) text += '\n'
    for (const piece of line) {
      if (typeof piece === 'string') {
        text += piece
        continue
      }
      const kept = piece.n % 3 === 0 ? values.get(piece.name) : undefined
      const value = kept ?? valueOf(piece.type, piece.n, random, at)
      values.set(piece.name, value)
      slots.push({ name: piece.name, from: text.length, to: text.length + value.length })
      text += value
    }
  }
  return { text, feature, at, truth: { version, slots } }
}

function byHand(random: Random, feature: string, at: number, n: number): Render {
  const text = `${sentence(random)}\n${paragraph(random)}\nTry ${n}.`
  return { text, feature, at, truth: { version: `by hand ${n}`, slots: [] } }
}

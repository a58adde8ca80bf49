import type { Random } from '../../helpers/random.ts'
import { slotTypes, type SlotType } from './values.ts'
import { companies, conditions, elsewhere, manners, roles, things, verbs } from './words.ts'

export interface Slot {
  readonly name: string
  readonly type: SlotType
  /** Tells slots of one type apart. */
  readonly n: number
}

/** Fixed text and slots in turns; lines of a prompt. */
export type Line = readonly (string | Slot)[]

export interface Template {
  readonly name: string
  /** The span under which it is sent; several templates may share one. */
  readonly feature: string
  /** From the first version on, each made from the one before by one edit. */
  readonly versions: readonly (readonly Line[])[]
}

/** So many templates; of every eight one is a copy of the one before with a twentieth of its words changed. */
export function makeTemplates(random: Random, count: number, versions: number): Template[] {
  const made: Template[] = []
  for (let n = 0; n < count; n++) {
    const before = made.at(-1)
    const isSibling = n % 8 === 7 && before !== undefined
    const first = isSibling ? siblingOf(before.versions[0]!, random) : freshLines(random, n)
    const lines = [first]
    while (lines.length < versions) {
      const next = edited(lines.at(-1)!, random, n * 100 + lines.length)
      // Going back to an earlier one is no new version.
      if (!lines.some(one => same(one, next))) lines.push(next)
    }
    // A third of the siblings is sent by the same span; of the others every sixth shares one too.
    const shares = before !== undefined && (isSibling ? n % 3 === 0 : n % 6 === 5)
    made.push({ name: `prompt-${n}`, feature: shares ? before.feature : `feature-${n}`, versions: lines })
  }
  return made
}

function freshLines(random: Random, n: number): Line[] {
  const lines: Line[] = [[`You are a ${random.pick(roles)} at ${random.pick(companies)}, team ${n}.`]]
  const rules = 4 + random.below(14)
  const language = n % 7 === 3 ? random.pick(['de', 'ja', 'ar'] as const) : undefined
  for (let i = 0; i < rules; i++) lines.push([language ? random.pick(elsewhere[language]) : rule(random)])
  const slots = 1 + random.below(5)
  for (let i = 0; i < slots; i++) {
    const at = 1 + random.below(lines.length)
    lines.splice(at, 0, slotLine(random, n * 10 + i))
  }
  return lines
}

function rule(random: Random): string {
  const act = `${random.pick(verbs)} ${random.pick(things)} ${random.pick(manners)}`
  const kind = random.below(4)
  if (kind === 0) return `${random.pick(conditions)}, ${act}.`
  if (kind === 1) return `- Always ${act}, then ${random.pick(verbs)} ${random.pick(things)}.`
  if (kind === 2)
    return `Never ${act}; the limit is ${10 * (1 + random.below(40))} and ${random.pick(things)} comes first.`
  return `${act.charAt(0).toUpperCase()}${act.slice(1)}.`
}

const heads = ['Customer', 'Context', 'Today', 'Record', 'Input', 'Reference', 'Known so far', 'Material'] as const
const inline: readonly SlotType[] = ['name', 'date', 'id', 'number', 'choice']

function slotLine(random: Random, n: number): Line {
  const type = slotTypes[n % slotTypes.length]!
  const slot: Slot = { name: `${type}_${n}`, type, n }
  if (!inline.includes(type)) return [`<${random.pick(heads).toLowerCase()}_${n}>\n`, slot, `\n</end_${n}>`]
  const kind = random.below(3)
  if (kind === 0) return [`${random.pick(heads)} ${n}: `, slot]
  if (kind === 1) return [`The request belongs to `, slot, ` and ${random.pick(things)} of case ${n}.`]
  return [`Remember (`, slot, `) when you ${random.pick(verbs)} ${random.pick(things)}.`]
}

/** The same with about one word in twenty another one. */
function siblingOf(lines: readonly Line[], random: Random): Line[] {
  const made = lines.map(line =>
    line.map(piece => (typeof piece === 'string' ? swapWords(piece, random, 0.05) : piece)),
  )
  return same(made, lines) ? edited(lines, random, 77) : made
}

function swapWords(text: string, random: Random, share: number): string {
  return text.replace(/\p{L}{4,}/gu, word => (random.unit() < share ? otherWord(word, random) : word))
}

function otherWord(word: string, random: Random): string {
  const pool = [...things, ...manners].flatMap(one => one.split(' ')).filter(one => one.length > 3 && one !== word)
  return random.pick(pool)
}

/** One change as people make them; never none. */
function edited(lines: readonly Line[], random: Random, n: number): Line[] {
  for (;;) {
    const made = edit(lines, random, n)
    if (!same(made, lines)) return made
  }
}

function edit(lines: readonly Line[], random: Random, n: number): Line[] {
  const made = [...lines]
  const fixed = made.flatMap((line, i) => (i > 0 && line.length === 1 ? i : []))
  const at = random.pick(fixed.length > 0 ? fixed : [0])
  const text = made[at]!.map(String).join('')
  switch (random.below(7)) {
    case 0: {
      const words = [...text.matchAll(/\p{L}{4,}/gu)]
      if (words.length === 0) return made
      const word = random.pick(words)
      made[at] = [text.slice(0, word.index) + otherWord(word[0], random) + text.slice(word.index + word[0].length)]
      return made
    }
    case 1:
      made.splice(at, 0, [rule(random)])
      return made
    case 2:
      if (fixed.length > 3) made.splice(at, 1)
      return made
    case 3:
      made[at] = [rule(random)]
      return made
    case 4: {
      // Only the number of a limit.
      made[at] = [text.replace(/\d+/, digits => String(Number(digits) + 10))]
      return made
    }
    case 5:
      made.splice(at, 0, slotLine(random, 1000 + n))
      return made
    default: {
      const [moved] = made.splice(at, 1)
      made.splice(1 + random.below(made.length), 0, moved!)
      return made
    }
  }
}

function same(a: readonly Line[], b: readonly Line[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

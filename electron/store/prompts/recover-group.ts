import { createHash } from 'node:crypto'
import { bestTemplate, fixedLength } from '../../../shared/prompts/match-template.ts'
import { momentsIn } from '../../../shared/prompts/prompt-lines.ts'
import { readGroupKey, type PromptGroup } from '../../../shared/prompts/prompt-group.ts'
import { recoverInTurns, templateOfTexts, type SentText } from '../../../shared/prompts/recover.ts'
import type { Template } from '../../../shared/prompts/template.ts'
import type { KeptReader } from '../kept.ts'
import type { Store } from '../open.ts'
import { readTexts, textsOfGroup, timesOfTexts, type GroupText, type TextReader } from './group-texts.ts'
import { keptTemplates, type KeptTemplate } from './templates.ts'
import { splitsOf } from './edits.ts'

/** Texts from which versions are learnt at one time, and their characters: 64 million take some 200 MB. */
const mostLearnt = 20_000
const mostCharacters = 64 << 20
/** Calls of one text that are looked at: what matters is when it was in use. */
const mostTimes = 50
/** Rounds in which what fits no version is learnt from again. */
const mostRounds = 20

/** A version of a group as it was found, with the texts it has. */
export interface FoundVersion {
  /** Its row; undefined where it is new. */
  readonly kept: KeptTemplate | undefined
  readonly family: number
  readonly texts: number[]
  readonly template: Template
  readonly isFree: boolean
}

export interface FoundGroup {
  readonly group: PromptGroup
  readonly versions: readonly FoundVersion[]
  /** How many calls each text was sent to. */
  readonly calls: ReadonlyMap<number, number>
}

/** Versions of one group, in turns; undefined where its texts are of versions that are known already. */
export function* recoverGroup(
  store: Store,
  kept: KeptReader,
  reader: TextReader,
  { id, key }: { readonly id: number; readonly key: string },
): Generator<void, FoundGroup | undefined> {
  const group = readGroupKey(key)
  const texts = textsOfGroup(store, id)
  const times = timesOfTexts(store, id)
  yield
  if (!group || texts.length === 0) return undefined
  const templates = keptTemplates(store, id)
  const pinned = templates.filter(one => one.isPinned)
  const pinnedIds = new Set(pinned.map(one => one.id))
  const open = texts.filter(text => !pinnedIds.has(text.template))
  const found: FoundVersion[] = pinned.map(one => ({
    kept: one,
    family: -1,
    texts: texts.filter(text => text.template === one.id).map(text => text.id),
    template: one.template,
    isFree: false,
  }))
  // What is new may be of versions that are known: then these stay as they are.
  const fresh = open.filter(text => text.template === 0)
  const known = templates.filter(one => fixedLength(one.template) > 0)
  if (known.length > 0 && fresh.length > 0) {
    const placed = yield* place(store, kept, reader, fresh, known)
    if (placed.left.length === 0) return { group, calls: countsOf(times), versions: grown(templates, texts, placed.of) }
  }
  yield* learn(open)
  splitOff(store, found, texts)
  return { group, calls: countsOf(times), versions: continued(found, texts, templates) }

  function* learn(all: readonly GroupText[]): Generator<void> {
    let left = all
    for (let round = 0; left.length > 0; round++) {
      const chosen = spread(left, times, mostLearnt)
      const read = yield* readTexts(store, kept, reader, chosen)
      const sent = sentOf(chosen, read, times)
      const versions =
        group!.version === null
          ? yield* recoverInTurns(sent.map(one => one.sent))
          : [
              {
                family: 0,
                texts: [...sent.keys()],
                template: templateOfTexts(sent.map(one => one.sent)),
                isFree: false,
              },
            ]
      const learnt = versions.map((one): FoundVersion => ({
        ...one,
        kept: undefined,
        family: one.family + round * 1000,
        texts: one.texts.map(n => sent[n]!.id),
      }))
      found.push(...learnt)
      const seen = new Set(chosen.map(text => text.id))
      const others = left.filter(text => !seen.has(text.id))
      if (others.length === 0) return
      // A version that a file names has all of its texts, whether they look alike or not.
      const into =
        group!.version === null && round < mostRounds ? learnt.filter(one => fixedLength(one.template) > 0) : learnt
      const placed = yield* place(store, kept, reader, others, into)
      for (const [text, n] of placed.of) into[n]!.texts.push(text)
      left = placed.left
      if (left.length === others.length || round >= mostRounds || group!.version !== null) {
        const rest = learnt.find(one => one.isFree) ?? learnt[0]
        rest?.texts.push(...left.map(text => text.id))
        return
      }
    }
  }
}

/** Of which of these templates texts are made. */
function* place(
  store: Store,
  kept: KeptReader,
  reader: TextReader,
  texts: readonly GroupText[],
  into: readonly { readonly template: Template }[],
): Generator<void, { of: Map<number, number>; left: GroupText[] }> {
  const of = new Map<number, number>()
  const templates = into.map(one => one.template)
  const atOnce = 1000
  for (let from = 0; from < texts.length; from += atOnce) {
    const read = yield* readTexts(store, kept, reader, texts.slice(from, from + atOnce))
    for (const [id, text] of read) {
      const best = bestTemplate(templates, text)
      if (best !== undefined) of.set(id, best)
    }
    yield
  }
  return { of, left: texts.filter(text => !of.has(text.id)) }
}

/** Known versions with the new texts that are made from them. */
function grown(
  templates: readonly KeptTemplate[],
  texts: readonly GroupText[],
  placed: ReadonlyMap<number, number>,
): FoundVersion[] {
  const known = templates.filter(one => fixedLength(one.template) > 0)
  return templates.map(one => ({
    kept: one,
    family: -1,
    texts: texts
      .filter(text => (text.template === 0 ? known[placed.get(text.id) ?? -1]?.id : text.template) === one.id)
      .map(text => text.id),
    template: one.template,
    isFree: false,
  }))
}

/** Versions keep the row that most of their texts had: what they are called stays. */
function continued(
  found: readonly FoundVersion[],
  texts: readonly GroupText[],
  templates: readonly KeptTemplate[],
): FoundVersion[] {
  const before = new Map(texts.map(text => [text.id, text.template]))
  const byId = new Map(templates.map(one => [one.id, one]))
  const claims: { readonly n: number; readonly row: number; readonly shared: number }[] = []
  for (const [n, one] of found.entries()) {
    if (one.kept) continue
    const counts = new Map<number, number>()
    for (const text of one.texts) {
      const row = before.get(text) ?? 0
      if (byId.has(row)) counts.set(row, (counts.get(row) ?? 0) + 1)
    }
    for (const [row, shared] of counts) claims.push({ n, row, shared })
  }
  const taken = new Set(found.flatMap(one => one.kept?.id ?? []))
  const rows = new Map<number, KeptTemplate>()
  for (const { n, row } of claims.sort((a, b) => b.shared - a.shared || a.row - b.row)) {
    if (rows.has(n) || taken.has(row)) continue
    rows.set(n, byId.get(row)!)
    taken.add(row)
  }
  return found.map((one, n) => ({ ...one, kept: one.kept ?? rows.get(n) }))
}

/** What a person said are calls of a version of their own. */
function splitOff(store: Store, found: FoundVersion[], texts: readonly GroupText[]): void {
  const byHash = new Map(texts.map(text => [text.hash.toString('hex'), text.id]))
  for (const hashes of splitsOf(store)) {
    const own = new Set(hashes.flatMap(hash => byHash.get(hash) ?? []))
    const from = found.find(one => one.texts.some(text => own.has(text)))
    if (!from || own.size === 0) continue
    const ids = from.texts.filter(text => own.has(text))
    for (const one of found) one.texts.splice(0, one.texts.length, ...one.texts.filter(text => !own.has(text)))
    found.push({ ...from, kept: undefined, texts: ids })
  }
}

interface Sent {
  readonly id: number
  readonly sent: SentText
}

function sentOf(
  texts: readonly GroupText[],
  read: ReadonlyMap<number, string>,
  times: ReadonlyMap<number, readonly number[]>,
): Sent[] {
  const found: Sent[] = []
  let characters = 0
  for (const { id } of texts) {
    const text = read.get(id)
    if (text === undefined || (characters > mostCharacters && found.length > 0)) continue
    characters += text.length
    const at = (times.get(id) ?? [Number.NaN]).toSorted((a, b) => a - b)
    const step = Math.max(1, at.length / mostTimes)
    found.push({
      id,
      sent: { text, at: Array.from({ length: Math.min(at.length, mostTimes) }, (_, n) => at[Math.floor(n * step)]!) },
    })
  }
  return found
}

/** Some texts, from the first that was sent to the last. */
function spread(texts: readonly GroupText[], times: ReadonlyMap<number, readonly number[]>, most: number): GroupText[] {
  if (texts.length <= most) return [...texts]
  const first = (text: GroupText) => times.get(text.id)?.[0] ?? Number.NaN
  const order = texts.toSorted((a, b) => first(a) - first(b) || a.id - b.id)
  return Array.from({ length: most }, (_, n) => order[Math.floor((n * order.length) / most)]!)
}

function countsOf(times: ReadonlyMap<number, readonly number[]>): Map<number, number> {
  return new Map([...times].map(([text, at]) => [text, at.length]))
}

/** What a version is called: it follows from the text that all of its calls have. */
export function contentName({ lines, gaps }: Pick<Template, 'lines' | 'gaps'>): string {
  const fixed = lines.map(({ text, varies }) => (varies ? withoutMoments(text) : text))
  const digest = createHash('sha256')
    .update(JSON.stringify([fixed, gaps.map(({ pieces }) => pieces)]))
    .digest('hex')
  return `r${digest.slice(0, 8)}`
}

function withoutMoments(text: string): string {
  return momentsIn(text).reduceRight((left, { from, to }) => left.slice(0, from) + left.slice(to), text)
}

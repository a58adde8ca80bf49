import { expect, test } from 'vitest'
import { seededRandom } from '../helpers/random.ts'
import { makeRenders } from './truth/renders.ts'
import { scoreSlots, scoreVersions, type Recovered } from './truth/score.ts'
import { makeTemplates } from './truth/templates.ts'

const small = { templates: 16, versions: 3, renders: 40 }
const renders = makeRenders(seededRandom(1), small)

test('the same seed gives the same prompts, in the order of their calls', () => {
  expect(makeRenders(seededRandom(1), small)).toEqual(renders)
  expect(renders).toHaveLength(16 * 3 * 40)
  expect(renders.every(({ at }, i) => i === 0 || at >= renders[i - 1]!.at)).toBe(true)
})

test('slots stand where they are said to; what is left is the same in every render of a version, and in no other', () => {
  const fixed = new Map<string, string>()
  for (const { text, truth } of renders) {
    let at = 0
    let rest = ''
    for (const { from, to } of truth.slots) {
      expect(from).toBeGreaterThan(at)
      expect(to).toBeGreaterThan(from)
      rest += `${text.slice(at, from)}\0`
      at = to
    }
    rest += text.slice(at)
    expect(fixed.get(truth.version) ?? rest).toBe(rest)
    fixed.set(truth.version, rest)
  }
  expect(new Set(fixed.values()).size).toBe(fixed.size)
})

test('some templates are nearly the same, some are sent by the same span', () => {
  const templates = makeTemplates(seededRandom(1), 40, 5)
  const words = (n: number) => JSON.stringify(templates[n]!.versions[0]).split(' ')
  const [sibling, origin] = [words(15), words(14)]
  const common = sibling.filter((word, i) => word === origin[i]).length / origin.length
  expect(common).toBeGreaterThan(0.85)
  expect(common).toBeLessThan(1)
  expect(new Set(templates.map(({ feature }) => feature)).size).toBeLessThan(40)
})

test('the truth scores one, one version for all or for each call does not', () => {
  const truth: Recovered[] = renders.map(one => one.truth)
  expect(scoreVersions(renders, truth).f1).toBe(1)
  expect(scoreSlots(renders, truth).f1).toBe(1)
  const nothing = (version: (i: number) => string): Recovered[] =>
    renders.map((_, i) => ({ version: version(i), slots: [] }))
  expect(
    scoreVersions(
      renders,
      nothing(() => 'one'),
    ).precision,
  ).toBeLessThan(0.1)
  expect(scoreVersions(renders, nothing(String))).toMatchObject({ precision: 1, recall: 0, f1: 0 })
  expect(scoreSlots(renders, nothing(String)).f1).toBe(0)
})

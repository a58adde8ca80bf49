import { expect, test } from 'vitest'
import { recoverInTurns } from '../../shared/prompts/recover.ts'
import { valuesOf, type SlotValue } from '../../shared/prompts/template.ts'
import { seededRandom } from '../helpers/random.ts'
import { makeRenders, type Render } from './truth/renders.ts'
import { scoreSlots, scoreVersions, type Recovered } from './truth/score.ts'

interface Prompt {
  readonly text: string
  readonly at: number
}

/** Version and values of each prompt. */
function recoverPrompts(prompts: readonly Prompt[]) {
  const texts = [...Map.groupBy(prompts.keys(), i => prompts[i]!.text)]
  const work = recoverInTurns(texts.map(([text, calls]) => ({ text, at: calls.map(i => prompts[i]!.at) })))
  let step = work.next()
  while (!step.done) step = work.next()
  const found: { version: number; values: readonly SlotValue[] }[] = Array.from({ length: prompts.length })
  for (const [version, { texts: members, template }] of step.value.entries()) {
    for (const [text, calls] of members.map(n => texts[n]!)) {
      const values = valuesOf(template, text) ?? []
      for (const i of calls) found[i] = { version, values }
    }
  }
  return found
}

function recovered(renders: readonly Render[]): Recovered[] {
  const all: Recovered[] = Array.from({ length: renders.length })
  for (const [feature, group] of Map.groupBy(renders.keys(), i => renders[i]!.feature)) {
    const found = recoverPrompts(group.map(i => renders[i]!))
    for (const [k, i] of group.entries()) {
      const { version, values } = found[k]!
      all[i] = { version: `${feature} ${version}`, slots: values }
    }
  }
  return all
}

test.each([1, 2])('versions and values of generated prompts are found, seed %i', seed => {
  const renders = makeRenders(seededRandom(seed), { templates: 10, versions: 4, renders: 120 })
  const found = recovered(renders)
  console.log(
    `seed ${seed}: versions ${scoreVersions(renders, found).f1.toFixed(4)}, values ${scoreSlots(renders, found).f1.toFixed(4)}`,
  )
  expect(scoreVersions(renders, found).f1).toBeGreaterThan(0.98)
  expect(scoreSlots(renders, found).f1).toBeGreaterThan(0.95)
})

const days = (n: number) => n * 86_400_000
const ask = (text: string, at: number) => ({ text, at })
const versions = (prompts: readonly { text: string; at: number }[]) => recoverPrompts(prompts).map(one => one.version)

test('only a value that changes makes no new version; one word of the prompt does', () => {
  const names = ['Ada', 'Bob', 'Chandra', 'Dilek', 'Femi', 'Grace', 'Hiro', 'Inés', 'Jonas', 'Mei', 'Noor', 'Olga']
  const prompt = (limit: string, name: string) =>
    `You are a refund agent.\nYou may refund up to ${limit}.\nCustomer: ${name}\nBe brief.`
  const before = names.map((name, i) => ask(prompt('50', name), days(i)))
  const after = names.map((name, i) => ask(prompt('100 after checking the policy', name), days(20 + i)))
  const found = recoverPrompts([...before, ...after])
  expect(new Set(found.slice(0, 12).map(one => one.version)).size).toBe(1)
  expect(new Set(found.slice(12).map(one => one.version)).size).toBe(1)
  expect(found[0]!.version).not.toBe(found[12]!.version)
  const values = found[3]!.values.map(({ from, to }) => before[3]!.text.slice(from, to))
  expect(values).toEqual(['Dilek'])
})

test.each([
  ['nothing', []],
  ['one', [ask('You are a tutor.', 0)]],
  ['empty ones', [ask('', 0), ask('', 1), ask('\n\n', 2)]],
  ['nothing but values', Array.from({ length: 40 }, (_, i) => ask(`${i * 7919}`.repeat(3), i))],
  ['one line of five megabytes', [ask('x'.repeat(5 << 20), 0), ask(`${'x'.repeat(5 << 20)}y`, 1)]],
  ['undated ones', [ask('a prompt', Number.NaN), ask('a prompt', Number.NaN)]],
  ['hostile names', [ask('__proto__\nconstructor', 0), ask('__proto__\ntoString', 1)]],
])('%s: each has a version, and values within its text', (_, prompts) => {
  const found = recoverPrompts(prompts)
  expect(found).toHaveLength(prompts.length)
  for (const [i, { values }] of found.entries()) {
    for (const { from, to } of values) {
      expect(from).toBeGreaterThanOrEqual(0)
      expect(to).toBeGreaterThan(from)
      expect(to).toBeLessThanOrEqual(prompts[i]!.text.length)
    }
  }
})

test('the order in which prompts are given changes nothing', () => {
  const renders = makeRenders(seededRandom(3), { templates: 3, versions: 2, renders: 40 }).filter(
    ({ feature }) => feature === 'feature-0',
  )
  const there = versions(renders)
  const back = versions(renders.toReversed()).toReversed()
  const pairs = new Set(there.map((version, i) => `${version} ${back[i]}`))
  expect(pairs.size).toBe(new Set(there).size)
})

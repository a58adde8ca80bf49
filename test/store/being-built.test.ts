import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { PromptDesk } from '../../electron/processes/prompt-desk.ts'
import { Recovery } from '../../electron/store/prompts/recovery.ts'
import { isBeingBuilt } from '../../electron/store/text-index/being-built.ts'
import { IndexBuilder } from '../../electron/store/text-index/builder.ts'
import { reading } from '../query/check-index.ts'
import { freshStore, importFile } from './stores.ts'

test('prompts are recovered once the index of texts is built, and without one at once', async () => {
  using store = freshStore()
  expect(isBeingBuilt(store)).toBe(false)
  importFile(store, [{ trace: 'a', id: 'a1', name: 'chat' }])
  const builder = new IndexBuilder(store, { reading, rules: 'test' })
  expect(isBeingBuilt(store)).toBe(false)
  builder.prepare()
  expect(isBeingBuilt(store)).toBe(true)

  const recovery = new Recovery(store, () => undefined)
  let steps = 0
  const step = recovery.step.bind(recovery)
  recovery.step = () => (steps++, step())
  const desk = new PromptDesk(store, recovery, () => {})
  await sleep(250)
  expect([steps, desk.status().state]).toEqual([0, 'working'])
  builder.close()
  expect(await desk.settled(new AbortController().signal)).toMatchObject({ state: 'complete' })
  expect(steps).toBeGreaterThan(0)
  await desk.close()
})

import { expect, test } from 'vitest'
import { Turns } from '../../electron/replay/turns.ts'
import { Ceilings } from '../../electron/replay/ceilings.ts'

test('so many go to one origin at once, the others in order; who is cancelled while waiting never goes', async () => {
  const turns = new Turns(2)
  const began: string[] = []
  const ends = new Map<string, () => void>()
  const go = (name: string, origin = 'https://a.test', signal = new AbortController().signal) =>
    turns.run(origin, signal, () => {
      began.push(name)
      return new Promise<void>(resolve => ends.set(name, resolve))
    })
  const stop = new AbortController()
  const all = [go('1'), go('2'), go('3', undefined, stop.signal), go('4'), go('elsewhere', 'https://b.test')]
  expect(began).toEqual(['1', '2', 'elsewhere'])
  stop.abort()
  await expect(all[2]).rejects.toMatchObject({ code: 'cancelled' })
  ends.get('2')!()
  await all[1]
  expect(began.at(-1)).toBe('4')
  for (const end of ends.values()) end()
  await Promise.all([all[0], all[3], all[4]])
  const again = [go('5'), go('6'), go('7')]
  expect(began.slice(-2)).toEqual(['5', '6'])
  ends.get('5')!()
  await again[0]
  ends.get('6')!()
  ends.get('7')!()
  await Promise.all(again)
})

test('a run stops before its ceiling; what nobody knows the price of counts as the most', async () => {
  const ceilings = new Ceilings()
  const { signal } = new AbortController()
  const reserve = (most: number | undefined, run = 'run') => ceilings.reserve(run, 1, most, signal)
  const first = await reserve(0.4)
  const second = await reserve(0.4)
  let waits = 0
  const third = ceilings.reserve('run', 1, 0.4, signal, () => waits++)
  const stop = new AbortController()
  const stopped = ceilings.reserve('run', 1, 0.4, stop.signal)
  stop.abort()
  await expect(stopped).rejects.toMatchObject({ code: 'cancelled' })
  expect(waits).toBe(1)
  first(0.1)
  ;(await third)(undefined)
  second(0.4)
  await expect(reserve(0.11)).rejects.toMatchObject({ code: 'replay/ceiling' })
  await reserve(0.9, 'another')
  await expect(reserve(undefined)).rejects.toMatchObject({ code: 'replay/unbounded' })
})

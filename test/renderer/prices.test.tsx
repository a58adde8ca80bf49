import { fireEvent, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { fakeClient, listOf } from './fake-client.ts'
import { freshWindows, openWindow } from './render.tsx'

freshWindows()

const list = (date: string) => ({ source: 'a list', version: '1', date, rules: 0 })
const sums = { calls: 9, changed: 4, unpricedBefore: 2, unpricedAfter: 1, before: '1.5', after: '2' }

test('other prices are looked at, used and taken back', async () => {
  let used = false
  const client = fakeClient({
    'traces.list': listOf(() => 0),
    'prices.status': () => ({
      used: list(used ? '2026-11-01' : '2026-09-23'),
      current: list('2026-11-01'),
      differs: !used,
      canUndo: used,
      rulesFile: '/home/ada/prices.json',
      wrong: ['/home/ada/price-list.json is not used.'],
    }),
    'prices.preview': () => ({ ...sums, models: [{ ...sums, provider: 'openai', model: 'gpt-4o' }] }),
    'prices.apply': () => ((used = true), {}),
    'prices.undo': () => ((used = false), {}),
  })
  await openWindow(client)
  fireEvent.keyDown(document.body, { key: ',', ctrlKey: true })
  expect(await screen.findByText('Costs of this store are computed by a list 1 of 2026-09-23.')).toBeTruthy()
  expect(screen.getByText('/home/ada/price-list.json is not used.')).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Show what other prices change' }))
  expect(await screen.findByText('4 of 9 calls: $1.5 becomes $2; unpriced 2, then 1.')).toBeTruthy()
  expect(screen.getByText('gpt-4o: 4 calls, $1.5 → $2')).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Use these prices' }))
  expect(await screen.findByText('Costs of this store are computed by a list 1 of 2026-11-01.')).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Back to the prices before' }))
  expect(await screen.findByText('Costs of this store are computed by a list 1 of 2026-09-23.')).toBeTruthy()
})

import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { PriceRule } from '../../shared/money/book.ts'
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

function storeOfRules(rules: PriceRule[] = []) {
  let revision = rules.length === 0 ? '' : 'r0'
  let kept = rules
  let turn = 0
  const applied: string[] = []
  const previewed: unknown[] = []
  const client = fakeClient({
    'traces.list': listOf(() => 0),
    'prices.status': () => ({
      used: list('2026-09-23'),
      current: list('2026-09-23'),
      differs: false,
      canUndo: applied.length > 0,
      rulesFile: '/home/ada/prices.json',
      wrong: [],
    }),
    'prices.models': () => ({ models: [] }),
    'prices.rules': () => ({ rules: kept, revision, file: '/home/ada/prices.json' }),
    'prices.putRules': input => {
      if (input.revision !== revision)
        throw Object.assign(new Error('Another program changed the file.'), { code: 'prices/changed-elsewhere' })
      kept = input.rules
      revision = `r${++turn}`
      return { revision }
    },
    'prices.preview': input => {
      previewed.push(input.rules)
      return { ...sums, models: [{ ...sums, provider: 'openai', model: 'gpt-4o' }] }
    },
    'prices.apply': () => (applied.push('apply'), {}),
    'prices.undo': () => (applied.push('undo'), {}),
  })
  const edited = (next: PriceRule[]) => {
    kept = next
    revision = `elsewhere ${++turn}`
  }
  return { client, applied, previewed, rules: () => kept, edited }
}

async function openPrices({ client }: ReturnType<typeof storeOfRules>) {
  await openWindow(client)
  fireEvent.keyDown(document.body, { key: ',', ctrlKey: true })
  return screen.findByRole('button', { name: 'Add a price…' })
}

const fill = (label: string | RegExp, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } })
const own = () => screen.queryByRole('list', { name: 'Own prices' })

test('a price is written, looked at, used, and taken back with its costs', async () => {
  const store = storeOfRules()
  fireEvent.click(await openPrices(store))
  await screen.findByRole('dialog', { name: 'Add a price' })
  fireEvent.click(await screen.findByRole('button', { name: 'Show what it changes' }))
  expect((await screen.findByRole('alert')).textContent).toContain('Say which model')
  fill('Model; * stands for anything', 'my-*')
  fill('Input', '1.5')
  fill('Output', '6')
  fireEvent.click(screen.getByRole('button', { name: 'Show what it changes' }))
  expect(await screen.findByText('4 of 9 calls: $1.5 becomes $2; unpriced 2, then 1.')).toBeTruthy()
  const rule = { id: 'my-*', match: { starts_with: 'my-' }, prices: { input_mtok: 1.5, output_mtok: 6 } }
  expect([store.previewed, store.rules()]).toEqual([[[rule]], []])
  fireEvent.click(screen.getByRole('button', { name: 'Save and use it' }))
  await waitFor(() => expect(store.rules()).toEqual([rule]))
  await waitFor(() => expect(own()?.textContent).toContain('input $1.5, output $6 a million'))
  expect(store.applied).toEqual(['apply'])
  fireEvent.click(await screen.findByRole('button', { name: 'Undo' }))
  await waitFor(() => expect(own()).toBeNull())
  expect([store.rules(), store.applied]).toEqual([[], ['apply', 'undo']])
})

test('whoever writes a price reads why calls of the model have none, and where no price would help', async () => {
  const store = storeOfRules()
  const model = { provider: 'openai', calls: 5, aside: 0, unpriced: 4, computed: '1', hints: [] }
  store.client.answers['prices.models'] = () => ({
    models: [
      { ...model, model: 'known', why: 'no-usage' },
      { ...model, model: 'strange', why: 'no-price' },
    ],
  })
  fireEvent.click(await openPrices(store))
  await screen.findByRole('dialog', { name: 'Add a price' })
  fireEvent.change(await screen.findByLabelText('Model; * stands for anything'), { target: { value: 'known' } })
  const helpless = '4 of 5 calls cannot be computed: the file gives no token counts. No price changes that.'
  expect(await screen.findByText(helpless)).toBeTruthy()
  fill('Model; * stands for anything', 'strange')
  expect(screen.getByText('4 of 5 calls cannot be computed: no price for this model; add a rule.')).toBeTruthy()
})

test('a price is changed and removed; what another program wrote meanwhile is shown, not overwritten', async () => {
  const rule: PriceRule = { id: 'mine', match: { equals: 'my-model' }, prices: { input_mtok: 1 } }
  const store = storeOfRules([rule])
  await openPrices(store)
  fireEvent.click(await screen.findByRole('button', { name: 'Change the price of mine' }))
  fireEvent.change(await screen.findByLabelText('Input'), { target: { value: '2' } })
  store.edited([rule, { ...rule, id: 'theirs', match: { equals: 'their-model' } }])
  fireEvent.click(screen.getByRole('button', { name: 'Save for later' }))
  expect((await screen.findByRole('alert')).textContent).toContain('Another program')
  expect(screen.getByLabelText<HTMLInputElement>('Input').value).toBe('2')
  fireEvent.click(screen.getByRole('button', { name: 'Save for later' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(store.rules().map(one => one.prices['input_mtok'])).toEqual([2, 1])
  expect(store.applied).toEqual([])
  fireEvent.click(await within(own()!).findByRole('button', { name: 'Remove the price of theirs' }))
  await waitFor(() => expect(store.rules().map(({ id }) => id)).toEqual(['mine']))
  fireEvent.click(await screen.findByRole('button', { name: 'Undo' }))
  await waitFor(() => expect(store.rules().map(({ id }) => id)).toEqual(['mine', 'theirs']))
})

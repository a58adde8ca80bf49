import { mkdirSync, readFileSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { currentBook, listFileOf, rulesFileOf } from '../../electron/prices/current.ts'
import { importPriceList, ownRules, putOwnRules } from '../../electron/prices/own-files.ts'
import { priceHandlers, repriceHandlers } from '../../electron/rpc/prices.ts'
import { keepBook, pricerOf } from '../../electron/store/price-book.ts'
import type { PriceRule } from '../../shared/money/book.ts'
import { memoryStore } from '../store/stores.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

const rule: PriceRule = { id: 'mine', match: { equals: 'my-model' }, prices: { input_mtok: 1.5, output_mtok: 6 } }

test('own rules are kept in their file, and stand over the list', () => {
  using folder = temporaryFolder()
  expect(ownRules(folder.path)).toEqual({ rules: [], revision: '', file: rulesFileOf(folder.path) })
  const revision = putOwnRules(folder.path, [rule], '')
  expect(ownRules(folder.path)).toMatchObject({ rules: [rule], revision })
  expect(currentBook(folder.path).book.rules).toEqual([rule])
  expect(readdirSync(folder.path)).toEqual(['prices.json'])
})

test('what another program wrote meanwhile is not overwritten, nor is a file with a mistake', () => {
  using folder = temporaryFolder()
  const revision = putOwnRules(folder.path, [rule], '')
  const file = rulesFileOf(folder.path)
  writeFileSync(file, JSON.stringify({ rules: [{ ...rule, id: 'theirs' }] }))
  expect(() => putOwnRules(folder.path, [], revision)).toThrow('Another program')
  expect(ownRules(folder.path).rules).toMatchObject([{ id: 'theirs' }])
  writeFileSync(file, '{"rules": [')
  const broken = ownRules(folder.path)
  expect(broken).toMatchObject({ rules: [], wrong: expect.stringContaining('no JSON') })
  expect(() => putOwnRules(folder.path, [rule], broken.revision)).toThrow('has a mistake')
  expect(readFileSync(file, 'utf8')).toBe('{"rules": [')
})

test('a file that is there and cannot be read is not taken for none', () => {
  using folder = temporaryFolder()
  mkdirSync(rulesFileOf(folder.path))
  expect(ownRules(folder.path)).toMatchObject({ rules: [], revision: '', wrong: expect.stringContaining('EISDIR') })
  expect(() => putOwnRules(folder.path, [rule], '')).toThrow('cannot be read')
})

test('rules that cannot be used, or a host without a place, are refused before anything is written', () => {
  using folder = temporaryFolder()
  const bad = { ...rule, prices: { cache_read_mtok: 1 } }
  expect(() => putOwnRules(folder.path, [bad], '')).toThrow('needs one of input')
  expect(() => putOwnRules(folder.path, [rule, { ...rule, valid_from: '2026-11-01' }], '')).toThrow(
    'Two rules have the id "mine"',
  )
  expect(readdirSync(folder.path)).toEqual([])
  expect(() => putOwnRules(undefined, [rule], '')).toThrow('no place')
  expect(() => importPriceList(undefined, '[]')).toThrow('no place')
})

test('a newer list is imported, and what is none changes nothing', () => {
  using folder = temporaryFolder()
  const provider = { id: 'p', name: 'P', models: [{ id: 'm', match: { equals: 'm' }, prices: { input_mtok: 1 } }] }
  const list = JSON.stringify({ source: 'us', version: '9', date: '2099-01-01', providers: [provider] })
  expect(importPriceList(folder.path, list)).toEqual({ models: 1, date: '2099-01-01' })
  expect(currentBook(folder.path).book).toMatchObject({ version: '9', providers: [{ id: 'p' }] })
  expect(() => importPriceList(folder.path, '{"providers": 1}')).toThrow('no price list')
  for (const none of ['[]', JSON.stringify([{ ...provider, models: [] }])])
    expect(() => importPriceList(folder.path, none)).toThrow('It has no model')
  expect(readFileSync(listFileOf(folder.path), 'utf8')).toBe(list)
})

test('a list that says no day, or one to come, is no newer than its file', () => {
  using folder = temporaryFolder()
  const provider = { id: 'p', name: 'P', models: [{ id: 'm', match: { equals: 'm' }, prices: { input_mtok: 1 } }] }
  for (const list of [{ source: 'us', version: '9', date: '2099-01-01', providers: [provider] }, [provider]]) {
    importPriceList(folder.path, JSON.stringify(list))
    expect(currentBook(folder.path)).toMatchObject({ book: { providers: [{ id: 'p' }] }, wrong: [] })
    const before = new Date('2020-01-01T12:00:00Z')
    utimesSync(listFileOf(folder.path), before, before)
    const { book, wrong } = currentBook(folder.path)
    expect(book.providers.length).toBeGreaterThan(10)
    expect(wrong).toEqual([expect.stringContaining("this build's list is newer")])
  }
})

test('prices differ until they are used, and not after that, also where own rules are among them', async () => {
  using folder = temporaryFolder()
  using store = memoryStore()
  keepBook(store, currentBook(folder.path).book, 0)
  const never = new AbortController().signal
  const differs = async () => (await priceHandlers(store, folder.path)['prices.status']({}, never)).differs
  expect(await differs()).toBe(false)
  const tiers = [{ start: 5, price: 2 }]
  putOwnRules(folder.path, [{ ...rule, prices: { output_mtok: 6, input_mtok: { tiers, base: 1 } } }], '')
  expect(await differs()).toBe(true)
  await repriceHandlers(store, folder.path, () => {})['prices.apply']({}, never)
  expect(await differs()).toBe(false)
})

test('a mistake in a file takes no prices away: nothing is repriced until it is corrected', async () => {
  using folder = temporaryFolder()
  using store = memoryStore()
  putOwnRules(folder.path, [rule], '')
  keepBook(store, currentBook(folder.path).book, 0)
  const never = new AbortController().signal
  const asked = priceHandlers(store, folder.path)
  const apply = async () => repriceHandlers(store, folder.path, () => {})['prices.apply']({}, never)
  for (const file of [rulesFileOf(folder.path), listFileOf(folder.path)]) {
    writeFileSync(file, '{"rules": [}')
    await expect(apply()).rejects.toThrow(`${file} is not used. It is no JSON`)
    await expect(async () => asked['prices.preview']({}, never)).rejects.toThrow('correct the file first')
    expect(pricerOf(store).book.rules).toEqual([rule])
    rmSync(file)
  }
  await apply()
  expect(pricerOf(store).book.rules).toEqual([])
})

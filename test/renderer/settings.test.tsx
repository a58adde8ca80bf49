import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { kept, loadKept } from '../../renderer/state/kept.ts'
import { chooseSetting, density, detailPlace, letterKeys, showLinked, theme } from '../../renderer/state/settings.ts'
import { fakeClient, listOf, summary } from './fake-client.ts'
import { openWindow } from './render.tsx'

beforeEach(() => {
  localStorage.clear()
  for (const setting of [theme, density, letterKeys, detailPlace]) chooseSetting(setting as typeof theme, undefined)
})
afterEach(cleanup)

const folder = '/home/ada/.local/share/spanwise'
const client = () =>
  fakeClient({
    'traces.list': listOf(() => 3),
    'store.summary': () => summary(3),
    'index.status': () => ({
      state: 'complete',
      done: 3,
      all: 3,
      path: `${folder}/a.spanwise.index`,
      bytes: 4096,
      blobs: 12,
    }),
    'stores.list': () => ({
      folder,
      canChoose: false,
      stores: [
        { path: `${folder}/a.spanwise`, name: 'a.spanwise', opened: 1, bytes: 8192 },
        { path: '/dumps/june.spanwise', name: 'june.spanwise', opened: 1_767_225_600_000, bytes: 1024 },
        { path: '/gone/old.spanwise', name: 'old.spanwise', opened: 1_767_225_600_000 },
      ],
    }),
  })
const setting = async (name: string) => screen.findByRole('radiogroup', { name })

test('Mod+, opens the page; each setting says its default and where its value comes from', async () => {
  await openWindow(client())
  fireEvent.keyDown(document.body, { key: ',', ctrlKey: true })
  const heights = await setting('Density')
  expect(within(heights).getByRole<HTMLInputElement>('radio', { name: 'Default' }).checked).toBe(true)
  const row = heights.parentElement!
  expect(row.textContent).toMatch(/default$/)
  fireEvent.click(within(heights).getByRole('radio', { name: 'Compact' }))
  expect(document.documentElement.dataset['density']).toBe('compact')
  // On a busy machine the row is drawn a little later than the window.
  const back = await within(row).findByRole('button', { name: 'Back to the default' })
  expect(row.textContent).toContain('chosen by you · default is Default')
  fireEvent.click(back)
  expect(document.documentElement.dataset['density']).toBeUndefined()
})

test('what a link shows is marked as the link’s, and may be kept or given back', async () => {
  await openWindow(client(), '/settings')
  act(() =>
    showLinked(
      new Map([
        [detailPlace.id, 'bottom'],
        ['theme', 'dark'],
        ['density', 'huge'],
      ]),
    ),
  )
  const row = (await setting('Details of a span')).parentElement!
  const mine = await within(row).findByRole('button', { name: 'Back to mine' })
  expect(row.textContent).toContain('set by link')
  // Not everything is a link's to say.
  expect(document.documentElement.dataset['theme']).toBeUndefined()
  fireEvent.click(mine)
  await waitFor(() => expect(row.textContent).not.toContain('set by link'))
  expect(kept.getItem(detailPlace.key)).toBeNull()
  act(() => showLinked(new Map([[detailPlace.id, 'bottom']])))
  fireEvent.click(await within(row).findByRole('button', { name: 'Make mine' }))
  expect(kept.getItem(detailPlace.key)).toBe('bottom')
})

test('searching leaves what has the words', async () => {
  await openWindow(client(), '/settings')
  fireEvent.change(await screen.findByRole('searchbox', { name: 'Find a setting' }), { target: { value: 'dark' } })
  expect(screen.getAllByRole('radiogroup').length).toBe(1)
  fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'xyzzy' } })
  expect(screen.getByText('No setting has these words.')).toBeTruthy()
})

test('stores: where each is, opening one, and why one was not opened', async () => {
  const host = client()
  const opened: string[] = []
  host.answers['stores.open'] = ({ path }) => {
    if (path.includes('bad')) throw { code: 'store/not-a-store', message: 'It is a picture.' } as never
    opened.push(path)
    return {}
  }
  await openWindow(host, '/settings')
  const stores = await screen.findByRole('region', { name: 'Stores' })
  await within(stores).findByText('/dumps/june.spanwise')
  expect(within(stores).getByRole<HTMLButtonElement>('button', { name: 'Open old.spanwise' }).disabled).toBe(true)
  fireEvent.click(within(stores).getByRole('button', { name: 'Open june.spanwise' }))
  await waitFor(() => expect(opened).toEqual(['/dumps/june.spanwise']))
  const box = within(stores).getByRole('textbox', { name: 'Path of another store' })
  fireEvent.change(box, { target: { value: '/bad.png' } })
  await waitFor(() => expect((box.nextSibling as HTMLButtonElement).disabled).toBe(false))
  fireEvent.submit(box.closest('form')!)
  expect(await within(stores).findByText('It is a picture.')).toBeTruthy()
})

test('every file that is kept is named, with its size', async () => {
  await openWindow(client(), '/settings')
  const places = await screen.findByRole('region', { name: 'Where the data is' })
  expect(await within(places).findByText(`${folder}/a.spanwise.index`)).toBeTruthy()
  expect(places.textContent).toContain('4.1 kB')
  expect(places.textContent).toContain('contacts nothing')
})

test('without letter keys only keys with Mod act', async () => {
  await openWindow(client())
  const grid = await screen.findByRole('grid', { name: 'Traces' })
  const active = () => grid.getAttribute('aria-activedescendant')
  grid.focus()
  const first = active()
  chooseSetting(letterKeys, 'off')
  fireEvent.keyDown(grid, { key: 'j' })
  expect(active()).toBe(first)
  fireEvent.keyDown(grid, { key: 'ArrowDown' })
  expect(active()).not.toBe(first)
  chooseSetting(letterKeys, 'on')
  fireEvent.keyDown(grid, { key: 'k' })
  expect(active()).toBe(first)
})

test('what is chosen goes to the host, many changes of one name as few', async () => {
  const host = client()
  host.answers['settings.read'] = () => ({ file: '/s.json', settings: { 'spanwise.density': 'compact' } })
  const written: unknown[] = []
  host.answers['settings.write'] = input => (written.push(input), {})
  await loadKept(host)
  expect(kept.getItem('spanwise.density')).toBe('compact')
  for (let i = 0; i < 50; i++) kept.setItem('spanwise.layout.x', String(i))
  await waitFor(() =>
    expect(written).toEqual([
      { name: 'spanwise.layout.x', value: '0' },
      { name: 'spanwise.layout.x', value: '49' },
    ]),
  )
  kept.removeItem('spanwise.density')
  await waitFor(() => expect(written.at(-1)).toEqual({ name: 'spanwise.density', value: null }))
  // And the last one before the window closes.
  for (const value of ['1', '2']) kept.setItem('spanwise.layout.y', value)
  dispatchEvent(new Event('pagehide'))
  expect(written.at(-1)).toEqual({ name: 'spanwise.layout.y', value: '2' })
})

// The raw record to the byte.

import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { fakeClient } from '../fake-client.ts'
import { freshWindows, openWindow } from '../render.tsx'
import { treeOf } from './forest.ts'

const saved = vi.hoisted(() => vi.fn<(content: Blob, name: string) => void>())
vi.mock('../../../renderer/components/export/save-file.ts', () => ({ saveFile: saved }))
vi.mock('../../../renderer/components/raw-editor/RawEditor.tsx', () => ({
  default: ({ text }: { readonly text: string }) => <pre>{text}</pre>,
}))

freshWindows()

const exact = '{"traceId":"1","big":12345678901234567890,"z":"é"}'

test('a record is shown, copied and saved to the byte', async () => {
  const tree = treeOf([{ name: 'only', offset: 0, duration: 1 }])
  const record = { format: 'otlp-json', file: '/x/../e vil.jsonl', place: 7, record: '{\n}', context: '{}' }
  const client = fakeClient({
    'traces.tree': () => tree,
    'spans.read': ({ id }) => ({ id: `${id}`, kind: 'other', name: '', status: 'unset', attributes: {} }),
    'spans.raw': () => ({ records: [record, { ...record, place: 8 }] }),
    'spans.kept': ({ record: at }) => ({ record: at === 1 ? exact : 'the first', context: '{"resource":{}}' }),
  })
  await openWindow(client, `/trace/${tree.trace.traceId}?tab=raw`)
  const panel = await screen.findByRole('tabpanel', {}, { timeout: 10_000 })
  fireEvent.change(await within(panel).findByRole('combobox', { name: 'Record' }), { target: { value: '1' } })
  fireEvent.click(within(panel).getByRole('button', { name: 'Exact' }))
  const shown = await within(panel).findByRole('region', { name: 'Exact record' })
  await waitFor(() => expect(shown.textContent).toBe(exact))
  expect(panel.textContent).toContain(`record 8 · ${exact.length + 1} B`)
  const written = vi.fn<(text: string) => Promise<void>>().mockResolvedValue()
  vi.stubGlobal('navigator', Object.assign(Object.create(navigator), { clipboard: { writeText: written } }))
  Object.assign(document, { execCommand: () => false })
  fireEvent.click(within(panel).getByRole('button', { name: 'Copy the exact record' }))
  await waitFor(() => expect(written).toHaveBeenCalledWith(exact))
  fireEvent.click(within(panel).getByRole('button', { name: 'Save the exact record…' }))
  await waitFor(() => expect(saved).toHaveBeenCalled())
  const [content, name] = saved.mock.calls[0]!
  expect(content.size).toBe(exact.length + 1)
  expect(name).toBe('e_vil.jsonl-record-8.json')
})

import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Asker } from '../../electron/hosts/cli/inspect.ts'
import { prepareAnswer } from '../../electron/hosts/cli/texts.ts'
import type { Searched } from '../../shared/contract/search.ts'

const isTerminal = process.stderr.isTTY
let said = ''
beforeEach(() => {
  said = ''
  vi.spyOn(process.stderr, 'write').mockImplementation(text => {
    said += String(text)
    return true
  })
})
afterEach(() => {
  vi.restoreAllMocks()
  process.stderr.isTTY = isTerminal
})

/** A store that needs three looks at 400 records to answer. */
function slowStore(): { readonly asker: Asker; readonly asked: string[] } {
  const steps: (Searched | undefined)[] = [{ done: 100, all: 400 }, { done: 300, all: 400 }, undefined]
  const asked: string[] = []
  const ask = async (name: string) => {
    asked.push(name)
    const searched = steps.shift()
    return { traces: 1, spans: 1, calls: 0, exact: searched === undefined, ...(searched ? { searched } : {}) }
  }
  return { asker: { ask, on: () => {} } as unknown as Asker, asked }
}
const where = { query: '@retry:true', now: 0, zone: 'UTC', scan: true }

test('on a terminal a long search says how far it is, and wipes that away', async () => {
  process.stderr.isTTY = true
  const { asker, asked } = slowStore()
  await prepareAnswer(asker, where)
  expect(said).toBe('\r\u001b[Ksearching: 25%\r\u001b[Ksearching: 75%\r\u001b[K')
  expect(asked).toHaveLength(3)
})

test('what is quick, or asks for nothing, says nothing', async () => {
  process.stderr.isTTY = true
  const quick = { ask: async () => ({ traces: 1, spans: 1, calls: 0, exact: true }) } as unknown as Asker
  await prepareAnswer(quick, where)
  await prepareAnswer(quick, { ...where, query: '' })
  await prepareAnswer(quick, undefined)
  expect(said).toBe('')
})

test('a file or a pipe is not written to, and is not asked twice', async () => {
  process.stderr.isTTY = false
  const { asker, asked } = slowStore()
  await prepareAnswer(asker, where)
  expect([said, asked]).toEqual(['', []])
})

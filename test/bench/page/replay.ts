// The pane that sends a logged call again: how soon it is there, and what a fast stream costs the page.

import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Browser, Page } from '@playwright/test'
import { median, quantile } from '../statistics.ts'
import { recordMainThread } from './main-thread.ts'
import { made } from './shapes.ts'

export interface ReplayFigures {
  /** Milliseconds from the address to the form, the very first time in a window; and of six later times. */
  readonly first: number
  readonly later: readonly number[]
  /** Milliseconds from a chunk that leaves the server to the frame that shows the first of them. */
  readonly toPaint: readonly number[]
  /** Share of the main thread, and its longest task, at 10,000 chunks a minute. */
  readonly busy: number
  readonly longest: number
}

const traceId = 'c'.repeat(32)
const calls = ['1', '2'].map(digit => digit.repeat(16))
const [chunksASecond, seconds] = [10_000 / 60, 10]

/** Two calls of 200 messages and 50 tools each, about 100,000 characters. */
export async function replayStore(folder: string): Promise<string> {
  return made(path.join(folder, 'page-replay-1.spanwise'), () => {
    const file = path.join(folder, 'page-replay.json')
    const words = 'A sentence that somebody wrote, of a usual length, again and again. '
    const body = JSON.stringify({
      model: 'gpt-4o',
      stream: true,
      messages: Array.from({ length: 200 }, (_, i) => ({
        role: i % 2 ? 'assistant' : 'user',
        content: `${i} ${words.repeat(5)}`,
      })),
      tools: Array.from({ length: 50 }, (_, i) => ({
        type: 'function',
        function: {
          name: `tool_${i}`,
          description: words,
          parameters: {
            type: 'object',
            properties: { query: { type: 'string', description: words }, limit: { type: 'integer' } },
            required: ['query'],
          },
        },
      })),
    })
    const attribute = (key: string, stringValue: string) => ({ key, value: { stringValue } })
    const spans = calls.map(spanId => ({
      traceId,
      spanId,
      name: 'ask',
      startTimeUnixNano: '1795190687000000000',
      endTimeUnixNano: '1795190688000000000',
      attributes: [
        attribute('openinference.span.kind', 'LLM'),
        attribute('input.mime_type', 'application/json'),
        attribute('input.value', body),
      ],
    }))
    writeFileSync(file, JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] }))
    return file
  })
}

export async function benchReplay(browser: Browser, page: Page): Promise<ReplayFigures> {
  await page.evaluate(watchPane)
  // Whoever looks at a list or a trace does so for a while.
  await page.waitForTimeout(2000)
  const first = await open(page, calls[0]!)
  const later: number[] = []
  for (let i = 0; i < 6; i++) later.push(await open(page, calls[(i + 1) % 2]!))
  const server = await openServer()
  try {
    await connect(page, server.origin)
    const toPaint: number[] = []
    for (let i = 0; i < 20; i++) {
      const said = await send(page, server)
      const shown = await page.evaluate(() => (globalThis as unknown as Watched).shown)
      toPaint.push(shown - said)
      server.end()
      await page.getByLabel('Sending').getByRole('button', { name: 'Cancel' }).waitFor({ state: 'detached' })
    }
    let from = 0
    const stream = await recordMainThread(browser, page, 'keydown', async () => {
      from = Date.now()
      await send(page, server)
      await server.talk()
    })
    server.end()
    return { first, later, toPaint, busy: stream.busy / (Date.now() - from), longest: stream.longest }
  } finally {
    await server.close()
  }
}

export function replayFigures({ first, later, toPaint, busy, longest }: ReplayFigures) {
  return [
    { name: 'replay of 200 messages, 50 tools: the very first', value: first, unit: 'ms', goal: 150 },
    { name: 'replay of 200 messages, 50 tools: median of 6', value: median([...later]), unit: 'ms', goal: 150 },
    { name: 'first chunk to paint, median of 20', value: median([...toPaint]), unit: 'ms', goal: 50 },
    { name: 'first chunk to paint, p95', value: quantile([...toPaint], 0.95), unit: 'ms', goal: 150 },
    { name: '10,000 chunks a minute: of the main thread', value: busy * 100, unit: '%', goal: 30 },
    { name: '10,000 chunks a minute: longest task', value: longest, unit: 'ms', goal: 50 },
  ]
}

interface Watched {
  /** Milliseconds: a form is on the screen; the first words of an answer are, since 1970. */
  opened: number
  shown: number
  asked: number
}

/** Runs in the page. A frame is on the screen when the task after it runs. */
function watchPane(): void {
  const watched = globalThis as unknown as Watched
  const afterFrame = (done: () => void) => requestAnimationFrame(() => setTimeout(done))
  let [isOpen, isShown] = [false, false]
  new MutationObserver(() => {
    const open = document.querySelector('[data-pane=Request] article') !== null
    const shown = (document.querySelector('[aria-label="The answer as it comes"]')?.textContent ?? '') !== ''
    if (open && !isOpen) afterFrame(() => (watched.opened = performance.now() - watched.asked))
    if (shown && !isShown) afterFrame(() => (watched.shown = performance.timeOrigin + performance.now()))
    ;[isOpen, isShown] = [open, shown]
  }).observe(document, { childList: true, subtree: true, characterData: true })
}

async function open(page: Page, spanId: string): Promise<number> {
  await page.evaluate(() => (location.hash = '#/traces'))
  await page.locator('[data-pane=Request]').waitFor({ state: 'detached' })
  await page.waitForTimeout(300)
  await page.evaluate(hash => {
    const watched = globalThis as unknown as Watched
    watched.opened = 0
    watched.asked = performance.now()
    location.hash = hash
  }, `#/replay/${spanId}?trace=${traceId}`)
  await page.waitForFunction(() => (globalThis as unknown as Watched).opened > 0)
  return page.evaluate(() => (globalThis as unknown as Watched).opened)
}

async function connect(page: Page, origin: string): Promise<void> {
  await page.getByRole('button', { name: 'Add…' }).click()
  const adding = page.getByRole('dialog')
  await adding.getByLabel('Name', { exact: true }).fill('bench')
  await adding.getByLabel(/^Origin/).fill(origin)
  await adding.getByLabel(/^Name of its key/).fill('')
  await adding.getByRole('button', { name: 'Save' }).click()
  await adding.waitFor({ state: 'detached' })
}

type Server = Awaited<ReturnType<typeof openServer>>

/** Sends it, and when it is asked says the first words: when that was. */
async function send(page: Page, server: Server): Promise<number> {
  await page.evaluate(() => ((globalThis as unknown as Watched).shown = 0))
  const asked = server.asked()
  await page.keyboard.press('ControlOrMeta+Enter')
  await asked
  await page.waitForTimeout(150)
  const said = Date.now()
  server.say('The first words of it. ')
  await page.waitForFunction(() => (globalThis as unknown as Watched).shown > 0)
  return said
}

async function openServer() {
  let answer: ServerResponse | undefined
  let heard = (): void => {}
  const server = createServer((request, response) => {
    request.resume()
    request.on('end', () => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.flushHeaders()
      answer = response
      heard()
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const chunk = (delta: object, more: object = {}) =>
    `data: ${JSON.stringify({ choices: [{ index: 0, delta, ...more }], model: 'gpt-4o' })}\n\n`
  const say = (content: string) => void answer!.write(chunk({ content }))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: () => new Promise<void>(resolve => (heard = resolve)),
    say,
    async talk() {
      const from = performance.now()
      let said = 0
      while (said < chunksASecond * seconds) {
        const due = Math.floor(((performance.now() - from) / 1000) * chunksASecond)
        for (; said < due; said++) say(said % 40 === 39 ? 'words.\n\n' : 'some more words, ')
        await new Promise(resolve => setTimeout(resolve, 4))
      }
    },
    end: () => void answer!.end(`${chunk({}, { finish_reason: 'stop' })}data: [DONE]\n\n`),
    close: () => {
      server.closeAllConnections()
      return new Promise(resolve => server.close(resolve))
    },
  }
}

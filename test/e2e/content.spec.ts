// What models and their users put into messages, in a real Chromium: pictures, addresses, endless lines, signs that lie.

import { deflateSync } from 'node:zlib'
import { writeFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { expect, test, type App } from './app.ts'
import { chooseFile, importPanel, spanTree, traceList } from './flow.ts'

const start = 1_767_225_600_000_000_000n

/** One OTLP request of a trace whose one span is a chat of these messages. */
function chat(messages: readonly object[], more: readonly object[] = []): string {
  const span = {
    traceId: '77000000000000000000000000000001',
    spanId: '7700000000000001',
    name: 'chat',
    kind: 3,
    startTimeUnixNano: String(start),
    endTimeUnixNano: String(start + 1_000_000_000n),
    attributes: [
      text('gen_ai.operation.name', 'chat'),
      text('gen_ai.request.model', 'gp\u0442-4o'),
      text('gen_ai.input.messages', JSON.stringify(messages)),
      ...more,
    ],
  }
  return JSON.stringify({ resourceSpans: [{ resource: {}, scopeSpans: [{ scope: {}, spans: [span] }] }] })
}

function text(key: string, stringValue: string): object {
  return { key, value: { stringValue } }
}

function says(content: string): object {
  return { role: 'user', parts: [{ type: 'text', content }] }
}

function shows(mimeType: string, bytes: Buffer): object {
  const part = { type: 'blob', modality: 'image', mime_type: mimeType, content: bytes.toString('base64') }
  return { role: 'user', parts: [part] }
}

/** Imports a dump and opens its one trace; answers the details of its span. */
async function open({ page, folder }: App, dump: string) {
  const file = folder.file('dump.json')
  writeFileSync(file, dump)
  await chooseFile(page, file)
  await importPanel(page).getByRole('button', { name: 'Open traces' }).click({ timeout: 60_000 })
  await traceList(page).focus()
  await page.keyboard.press('Enter')
  await expect(spanTree(page)).toBeFocused()
  return page.getByRole('region', { name: 'Span details' })
}

/** A PNG of one colour that says it is as large as it likes. */
function png(side: number): Buffer {
  const chunk = (name: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
    const length = Buffer.alloc(4)
    length.writeUInt32BE(data.length)
    return Buffer.concat([length, body, crc(body)])
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(side, 0)
  head.writeUInt32BE(side, 4)
  head.set([1, 0, 0, 0, 0], 8)
  const row = Buffer.alloc(Math.ceil(side / 8) + 1)
  const rows = deflateSync(Buffer.concat(Array.from({ length: Math.min(side, 64) }, () => row)))
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))])
}

function crc(bytes: Buffer): Buffer {
  let value = 0xffff_ffff
  for (const byte of bytes) {
    value ^= byte
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb8_8320 : value >>> 1
  }
  const written = Buffer.alloc(4)
  written.writeUInt32BE((value ^ 0xffff_ffff) >>> 0)
  return written
}

test('a picture is decoded by what its bytes say; an SVG is a document, and a bomb is not unpacked', async ({
  app,
}) => {
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" onload="window.pwn=1"><image href="http://127.0.0.1:1/x.png"/></svg>'
  const messages = [
    shows('image/png', png(32)),
    shows('image/png', png(50_000)),
    shows('image/svg+xml', Buffer.from(svg)),
    shows('image/png', Buffer.from(svg)),
    says('the end'),
  ]
  const details = await open(app, chat(messages))
  await expect(details).toContainText('the end')
  const pictures = details.locator('img')
  await expect(pictures).toHaveCount(1)
  await expect.poll(() => pictures.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(32)
  expect(await app.page.evaluate(() => 'pwn' in window)).toBe(false)
  expect(await details.locator('svg image, object, embed, iframe').count()).toBe(0)
})

test('signs that nobody sees are shown, and letters of two scripts are told apart', async ({ app }) => {
  const details = await open(app, chat([says('run a\u202egnp.exe, pay\u200bpal, a\u2066b\u2069')]))
  await expect(details).toContainText('gnp.exe')
  const shown = (await details.textContent()) ?? ''
  expect(shown).not.toMatch(/[\u202e\u200b\u2066\u2069]/)
  // Its direction is the page's: the name stands in the order in which it is stored.
  expect(shown).toMatch(/a\S+gnp\.exe/)
  expect(shown).toContain('gp⟦\u0442 U+0442⟧-4o')
})

const addresses = [
  'https://a@evil.test/',
  'https://user:pass@evil.test/',
  'file:///etc/passwd',
  'vscode://file/etc/passwd',
  'javascript:window.pwn=1',
  'data:text/html,<script>window.pwn=1</script>',
  `https://evil.test/${'x'.repeat(3000)}`,
  'spanwise://settings',
  'app://bundle/index.html',
  '//evil.test/x',
]

test('no address in a text leads anywhere by itself', async ({ app }) => {
  const { page } = app
  const opened: string[] = []
  page.context().on('page', other => opened.push(other.url()))
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  const details = await open(app, chat([says(addresses.map(address => `[go](${address}) ${address}`).join('\n\n'))]))
  await expect(details).toContainText('evil.test')
  const here = page.url()
  expect(await details.locator('a[href]').count()).toBe(0)
  for (const button of await details.locator('[data-part] button, p button, li button').all()) {
    if (!(await button.isVisible())) continue
    await button.click()
    // A value opens a menu, and nothing under it can be pressed.
    const menu = page.getByRole('menu')
    if ((await button.getAttribute('aria-haspopup')) === null) continue
    await expect(menu).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(menu).toBeHidden()
  }
  expect(page.url()).toBe(here)
  expect(opened).toEqual([])
  expect(await page.evaluate(() => 'pwn' in window)).toBe(false)
})

test('an object that looks like an element of the page is shown as JSON', async ({ app }) => {
  const element = {
    $$typeof: 'Symbol(react.transitional.element)',
    type: 'img',
    key: null,
    ref: null,
    props: {
      src: 'x',
      onError: 'window.pwn=1',
      dangerouslySetInnerHTML: { __html: '<img src=x onerror=window.pwn=1>' },
    },
  }
  const messages = [
    { role: 'assistant', parts: [{ type: 'tool_call', id: '1', name: 'draw', arguments: element }] },
    { role: 'user', parts: [element] },
    says('the end'),
  ]
  const details = await open(app, chat(messages))
  await expect(details).toContainText('the end')
  await expect(details).toContainText('dangerouslySetInnerHTML')
  expect(await details.locator('img').count()).toBe(0)
  expect(await app.page.evaluate(() => 'pwn' in window)).toBe(false)
})

test('the raw record: 5 MB of JSON are shown, searched and hovered over', async ({ app }) => {
  test.setTimeout(180_000)
  const { page } = app
  const rows = Array.from({ length: 40_000 }, (_, i) => ({
    id: i,
    note: `row ${i} of a very long answer, ${'z'.repeat(80)}`,
  }))
  const details = await open(app, chat([says('short')], [text('result', JSON.stringify(rows))]))
  await page.keyboard.press('i')
  const editor = details.locator('.monaco-editor').first()
  await expect(editor).toBeVisible({ timeout: 60_000 })
  await expect(editor).toContainText('traceId', { timeout: 60_000 })
  await editor.click()
  await page.keyboard.press('ControlOrMeta+f')
  const find = details.locator('.find-widget textarea').first()
  await find.fill('7700000000000001')
  await expect(details.locator('.find-widget .matchesCount')).toContainText(/1 of/)
  await page.keyboard.press('Escape')
  await editor.locator('.view-line').first().hover()
  await page.mouse.wheel(0, 2000)
  await expect(editor).toBeVisible()
})

test('one line of 20 MB: the details come, and scroll', async ({ app }) => {
  test.setTimeout(240_000)
  const details = await open(app, chat([says(`begin ${'lorem ipsum '.repeat(1_750_000)} end`)]))
  await expect(details).toContainText('begin lorem', { timeout: 60_000 })
  await scrolls(app.page, details)
})

test('100,000 messages of one call: the details come, and scroll', async ({ app }) => {
  test.setTimeout(240_000)
  const messages = Array.from({ length: 100_000 }, (_, i) => says(`message number ${i}`))
  const details = await open(app, chat(messages))
  await expect(details).toContainText(/message number \d/, { timeout: 60_000 })
  await details.getByRole('button', { name: /earlier messages/ }).click()
  // Some are in the page, and not all.
  expect(await details.locator('*').count()).toBeLessThan(5000)
  await scrolls(app.page, details)
})

/** The wheel moves what is shown, and the page answers meanwhile. */
async function scrolls(page: Page, details: ReturnType<Page['getByRole']>): Promise<void> {
  const box = (await details.boundingBox())!
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  const top = () =>
    details.evaluate(element => Math.max(0, ...[...element.querySelectorAll('*')].map(one => one.scrollTop)))
  const before = await top()
  await page.mouse.wheel(0, 3000)
  await expect.poll(top).toBeGreaterThan(before)
}

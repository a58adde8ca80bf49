// A logged call, sent again to a server on this machine: what a person does from the failing trace to the new one in the list.

import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from './app.ts'
import { activeRow, openTrace, sample, spanTree, traceList } from './flow.ts'

test.use({ holds: 'sample' })

/** Streams what a test lets it say, and keeps what it was asked. */
async function openServer() {
  const bodies: string[] = []
  let answer: ServerResponse | undefined
  let closed = 0
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      bodies.push(Buffer.concat(chunks).toString('utf8'))
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.flushHeaders()
      response.on('close', () => closed++)
      answer = response
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const say = (delta: object, more: object = {}) =>
    answer!.write(`data: ${JSON.stringify({ choices: [{ index: 0, delta, ...more }], model: 'gpt-4o' })}\n\n`)
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bodies,
    closed: () => closed,
    say: (content: string) => say({ content }),
    end: () => {
      say({}, { finish_reason: 'stop' })
      answer!.end('data: [DONE]\n\n')
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

test('a failing call is sent again: edited, streamed, cancelled, compared, and found in the list', async ({ app }) => {
  const { page } = app
  await using server = await openServer()

  await openTrace(page, sample.refused)
  await page.keyboard.press('e')
  await expect(activeRow(page)).toHaveAccessibleName(/, failed/)
  // The call that asked for the failing tool stands before it.
  await page.keyboard.press('ArrowUp')
  await expect(activeRow(page)).toHaveAccessibleName(/^generation/)
  await page.keyboard.press('r')
  const request = page.getByRole('region', { name: 'Request' })
  await expect(request).toBeVisible()
  await expect(page.getByText('Goes nowhere until a connection is chosen')).toBeVisible()

  await page.getByRole('button', { name: 'Add…' }).click()
  const adding = page.getByRole('dialog', { name: 'Add a connection' })
  await adding.getByLabel('Name', { exact: true }).fill('here')
  await adding.getByLabel(/^Origin/).fill(server.origin)
  await adding.getByLabel('What it speaks').selectOption('openai-chat')
  await adding.getByLabel(/^Name of its key/).fill('')
  await adding.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText(`Sends to ${server.origin}/v1/chat/completions`)).toBeVisible()
  expect(server.bodies).toEqual([])

  const prompt = request.getByRole('textbox', { name: /^(?:system|user) message 1/ }).first()
  await prompt.fill('Say what the policy is.')
  await page.keyboard.press('ControlOrMeta+Enter')
  const answers = page.getByRole('region', { name: 'Answers' })
  const coming = page.getByRole('region', { name: 'The answer as it comes' })
  await expect.poll(() => server.bodies.length).toBe(1)
  expect(server.bodies[0]).toContain('Say what the policy is.')
  server.say('The policy allows ')
  await expect(coming).toContainText('The policy allows')
  server.say('refunds of up to 100.')
  await expect(coming).toContainText('refunds of up to 100.')
  server.end()
  await expect(answers.getByText('Answered', { exact: true })).toBeVisible()
  await expect(page.getByRole('table', { name: 'Figures of A and B' })).toBeVisible()

  await page.keyboard.press('ControlOrMeta+Enter')
  await expect.poll(() => server.bodies.length).toBe(2)
  server.say('This one is not ')
  await expect(coming).toContainText('This one is not')
  await page.keyboard.press('Escape')
  await expect.poll(() => server.closed()).toBe(2)
  await expect(page.getByText('Cancelled; what had come by then is kept.')).toBeVisible()

  await page.getByRole('group', { name: 'What was sent' }).getByRole('button').nth(1).click()
  // The answer says what it is worth where it is seen, and a star on it stands in the list.
  await answers.getByRole('button', { name: 'Star this answer' }).click()
  await expect(page.getByRole('group', { name: 'What was sent' }).getByLabel('starred')).toBeVisible()
  await answers.getByRole('button', { name: 'Score…' }).click()
  const scoring = page.getByRole('dialog', { name: 'Score this answer' })
  await scoring.getByLabel(/^How it is/).fill('1')
  await scoring.getByRole('button', { name: 'Keep' }).click()
  await expect(page.getByRole('row', { name: /^Score quality/ })).toBeVisible()
  // What was answered is in the store: a window that opens anew finds it.
  await page.reload()
  await expect(page.getByRole('group', { name: 'What was sent' }).getByRole('button')).toHaveCount(3)
  await page.getByRole('group', { name: 'What was sent' }).getByRole('button').nth(1).click()
  await page.getByRole('link', { name: 'Open its trace' }).click()
  await expect(spanTree(page)).toBeVisible()
  await expect(page.getByText('refunds of up to 100.').first()).toBeVisible()
  await page.keyboard.press('ControlOrMeta+1')
  await expect(
    traceList(page)
      .getByRole('row', { name: /gpt-4o|chat|answer/ })
      .first(),
  ).toBeVisible()
  await page.keyboard.press('ControlOrMeta+5')
  await expect(page.getByRole('region', { name: 'Ledger' }).getByRole('row')).toHaveCount(3)
  // Both stand with the calls of their prompt, and are told from these.
  await page.keyboard.press('ControlOrMeta+3')
  await page.getByRole('row', { name: /2 of them replays/ }).dblclick()
  await expect(page.getByRole('row', { name: /recovered, unsure, 2 calls, all of them replays/ })).toBeVisible()
  await page.getByRole('tab', { name: 'Evidence' }).click()
  await expect(page.getByRole('region', { name: 'Evidence per version' })).toContainText('all of them replays')
})

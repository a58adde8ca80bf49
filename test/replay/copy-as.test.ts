// A copied request sends what the window would send, to the byte, with the key from its variable.

import { execFile } from 'node:child_process'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { writeFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { copies } from '../../shared/replay/copy-as/index.ts'
import type { ReplayRequest } from '../../shared/replay/types.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

const odd =
  '{"model": "m",  "messages":[{"content":"it\'s $HOME `x` \\\\ \\u0041 \u{1f600} \u2028 \u007f"}], "temperature":1.0}\n'
const bodies = [
  ['of odd characters', odd],
  ['longer than one word of a command line', `{"x":"${"'é".repeat(100_000)}"}`],
  ['that names a file', '@/etc/hosts'],
] as const

const seen: { readonly headers: IncomingMessage['headers']; readonly body: string }[] = []
const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    seen.push({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') })
    response.end('{}')
  })
})
beforeAll(() => new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve)))
afterAll(() => new Promise(resolve => server.close(resolve)))

function request(body: string): ReplayRequest {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/it's?a=b&c`
  const headers = { 'content-type': 'application/json', 'x-note': "a'b", authorization: 'Bearer $SOME_KEY' }
  return { grade: 'A', dialect: 'openai-chat', method: 'POST', url, headers, body, receipt: [] }
}

const programs: { readonly [id: string]: (file: string) => readonly [string, readonly string[]] } = {
  curl: file => ['sh', [file]],
  python: file => ['python3', [file]],
  typescript: file => [process.execPath, ['--experimental-strip-types', '--no-warnings', file]],
}

const cases = copies.flatMap(({ id, make }) => bodies.map(([what, body]) => ({ id, make, what, body })))

test.each(cases)('$id sends a body $what to the byte', async ({ id, make, body }) => {
  using folder = temporaryFolder()
  seen.length = 0
  const file = folder.file(`send.${id === 'typescript' ? 'mts' : id}`)
  const text = make(request(body))
  expect(text).not.toContain('sk-canary')
  writeFileSync(file, text)
  const [command, args] = programs[id]!(file)
  const failed = await new Promise<{ code?: unknown } | null>(resolve =>
    execFile(command, [...args], { env: { ...process.env, SOME_KEY: 'sk-canary' } }, error => resolve(error)),
  )
  // A machine without that program has nothing to copy it for; sh without curl says so with 127.
  if (failed?.code === 'ENOENT' || failed?.code === 127) return
  expect(failed).toBeNull()
  const last = seen.at(-1)
  expect(last?.body).toBe(body)
  expect(last?.headers).toMatchObject({ authorization: 'Bearer sk-canary', 'x-note': "a'b" })
})

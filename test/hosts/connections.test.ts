import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { spanwise } from '../helpers/product.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

const folder = temporaryFolder()
beforeAll(() => void vi.stubEnv('XDG_DATA_HOME', folder.path).stubEnv('APPDATA', folder.path))
afterAll(() => {
  vi.unstubAllEnvs()
  folder[Symbol.dispose]()
})
const key = 'sk-canary-of-the-command-line-0123456789'
const run = (words: readonly string[], input: readonly string[] = []) =>
  spanwise(['connections', ...words], { input: input.map(text => Buffer.from(text)) })
const list = async () =>
  (JSON.parse((await run(['--json'])).stdout) as { connections: readonly Record<string, unknown>[] }).connections

test('a connection is added, given its key by standard input, loses it with its origin, and is removed', async () => {
  const words = ['add', 'work', '--dialect', 'openai-chat', '--key-env', 'WORK_KEY', '--origin']
  expect(await run([...words, 'https://api.example.com/v1'])).toMatchObject({ code: 1, stdout: '' })
  expect((await run([...words, 'https://api.example.com'])).code).toBe(0)
  expect((await run(['add', 'here', '--from', 'ollama'])).stdout).toContain('asks for none')
  const closed = await run(['key', 'work'], [`${key}\n`])
  expect(closed).toMatchObject({ code: 1, stderr: expect.stringContaining('SPANWISE_PASSPHRASE') as unknown })
  vi.stubEnv('SPANWISE_PASSPHRASE', 'correct horse')
  // In pieces, as a slow pipe brings it.
  const put = await run(['key', 'work'], [key.slice(0, 9), `${key.slice(9)}\n`])
  expect(put).toMatchObject({ code: 0, stderr: '' })
  expect(put.stdout).toContain(`in the vault, …${key.slice(-4)}`)
  expect(put.stdout).not.toContain(key)
  for (const file of readdirSync(folder.path, { recursive: true, withFileTypes: true }).filter(one => one.isFile())) {
    const at = path.join(file.parentPath, file.name)
    expect(readFileSync(at).includes(key)).toBe(false)
    expect(process.platform === 'win32' ? 0 : statSync(at).mode & 0o077).toBe(0)
  }
  await run([...words, 'https://else.example.com'])
  expect(await list()).toMatchObject([{ name: 'work', origin: 'https://else.example.com' }, { name: 'here' }])
  expect(readFileSync(path.join(folder.path, 'spanwise/keys.json'), 'utf8')).not.toContain('work')
  expect((await run(['remove', 'work'])).code).toBe(0)
  expect(await list()).toMatchObject([{ name: 'here', dialect: 'ollama-chat' }])
})

test.each([
  [['add', 'x'], /--origin and --dialect/],
  [['add', 'x', '--origin', 'https://a.test', '--dialect', 'none'], /--dialect takes one of/],
  [['remove', 'nobody'], /no connection nobody/],
  [['key', 'here'], /asks for no key/],
  [['key', 'here', key], /one name/],
])('%j is one line, 1', async (words, said) => {
  const { code, stdout, stderr } = await run(words)
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  expect(stderr).toMatch(said)
})

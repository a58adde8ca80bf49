import { execFileSync, spawn } from 'node:child_process'
import { closeSync, existsSync, lstatSync, openSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { productCommand, spanwise } from '../helpers/product.ts'
import { at, store, trace, prepareStore } from './cli-store.ts'

prepareStore()

describe('anything else', () => {
  test.each([
    ['an unknown command', ['frobnicate']],
    ['an unknown option', ['traces', '--frob', '--store', store]],
    ['two queries', ['traces', '-q', 'kind:tool', '-q', 'is:error', '--store', store]],
    ['a missing argument', ['show', '--store', store]],
    ['a limit that is none', ['traces', '--limit', 'x', '--store', store]],
    ['no path', ['import']],
    ['a store that is missing', ['traces', '--store', at('missing.spanwise')]],
    ['a store that is none', ['traces', '--store', at('not-a-store.spanwise')]],
    ['a store that is empty', ['traces', '--store', at('empty.jsonl')]],
    ['a store without a name', ['traces', '--store', '']],
    ['a word too many', ['traces', 'june', '--store', store]],
    ['an empty path', ['import', '', '--store', store]],
    ['an import without a number', ['remove', '--store', store]],
    ['an import that is no number', ['remove', 'june', '--store', store]],
    ['a number too many', ['remove', '1', '2', '--store', store]],
    ['a port that is none', ['serve', '--port', '99999', '--store', store]],
  ])('%s: one line, 1', async (_, words) => {
    const { code, stdout, stderr } = await spanwise(words)
    expect(code).toBe(1)
    expect(stdout).toBe('')
    expect(stderr).toMatch(/^spanwise: [^\n]+\n$/)
  })

  test('asking a store that is missing or empty makes none', () => {
    expect(existsSync(at('missing.spanwise'))).toBe(false)
    expect(statSync(at('empty.jsonl')).size).toBe(0)
  })

  // Root may write anywhere but there.
  test.skipIf(process.platform !== 'linux')(
    'a folder that cannot be written: says so, though no store is there',
    async () => {
      const { code, stderr } = await spanwise(['import', at('good.jsonl'), '--store', '/sys/spanwise.spanwise'])
      expect(code).toBe(1)
      expect(stderr).toMatch(/^spanwise: [^\n]+read-only\.\n$/)
    },
  )

  test('after -- a word is a path, whatever it looks like', async () => {
    const { code, stderr } = await spanwise(['import', '--store', at('dash.spanwise'), '--', '-h'])
    expect(code).toBe(1)
    expect(stderr).toMatch(/no such file/)
  })

  test.skipIf(!existsSync('/dev/full'))('an answer that cannot be written: one line, 1', async () => {
    const [command, words] = productCommand(['traces', '--store', store])
    const full = openSync('/dev/full', 'w')
    const child = spawn(command, words, { stdio: ['ignore', full, 'pipe'] })
    closeSync(full)
    let said = ''
    child.stderr?.on('data', (text: Buffer) => (said += text.toString()))
    const code = await new Promise(resolve => child.once('close', resolve))
    expect(said).toBe('spanwise: the answer could not be written (ENOSPC).\n')
    expect(code).toBe(1)
  })

  test('an export of what matches: whole traces, or rows of a table', async () => {
    const ids = async (query: string) => {
      const { stdout } = await spanwise(['spans', '-q', query, '--json', '--limit', '1000', '--store', store])
      return (JSON.parse(stdout) as { spans: { id: string; traceId: string }[] }).spans
    }
    const calls = await ids('kind:generation')
    expect(calls.length).toBeGreaterThan(0)
    const table = await spanwise(['export', '-o', '-', '--format', 'spans', '-q', 'kind:generation', '--store', store])
    expect(
      table.stdout
        .trimEnd()
        .split('\n')
        .filter(line => /^"?[0-9a-f]{16,}/.test(line)),
    ).toHaveLength(calls.length)
    await spanwise(['export', '-o', at('matching.spanwise.jsonl'), '-q', 'kind:generation', '--store', store])
    const whole = (await ids('trace:(kind:generation)')).length
    await spanwise(['import', at('matching.spanwise.jsonl'), '--store', at('matching.spanwise')])
    const { stdout } = await spanwise(['count', '--json', '--store', at('matching.spanwise')])
    expect(JSON.parse(stdout)).toMatchObject({ spans: whole, calls: calls.length })
    const nothing = await spanwise(['export', '-o', at('none.csv'), '-q', 'name:nobody', '--store', store])
    expect(nothing).toMatchObject({ code: 1, stderr: 'spanwise: Nothing matches the query: no file was written.\n' })
    expect(existsSync(at('none.csv'))).toBe(false)
  })

  test.skipIf(process.platform === 'win32')('an export through a link keeps the link', async () => {
    symlinkSync(at('real.csv'), at('link.csv'))
    writeFileSync(at('real.csv'), 'old')
    const { code } = await spanwise(['export', '-o', at('link.csv'), '--store', store])
    expect(code).toBe(0)
    expect(lstatSync(at('link.csv')).isSymbolicLink()).toBe(true)
    expect(readFileSync(at('real.csv'), 'utf8')).toContain('"trace_id"')
  })

  test.skipIf(process.platform === 'win32')('an export into what is no file writes to it', async () => {
    execFileSync('mkfifo', [at('fifo')])
    const reader = spawn('cat', [at('fifo')], { stdio: ['ignore', 'pipe', 'ignore'] })
    const closed = new Promise(resolve => reader.once('close', resolve))
    let text = ''
    reader.stdout.on('data', (piece: Buffer) => (text += piece.toString()))
    const { code } = await spanwise(['export', '-o', at('fifo'), '--store', store])
    if (!lstatSync(at('fifo')).isFIFO()) reader.kill()
    await closed
    expect(code).toBe(0)
    expect(text).toContain('"spanwise":"bundle/1"')
  })

  test.each(['import', 'imports', 'remove', 'traces', 'show', 'serve', 'open'])('%s --help says how', async name => {
    const { code, stdout } = await spanwise([name, '--help'])
    expect(code).toBe(0)
    expect(stdout).toMatch(new RegExp(`^spanwise ${name}`))
  })

  test('--help lists the commands', async () => {
    const { code, stdout } = await spanwise(['--help'])
    expect(code).toBe(0)
    for (const name of ['import', 'imports', 'remove', 'traces', 'show', 'serve', 'open'])
      expect(stdout).toContain(`  ${name}`)
  })

  test('a reader that stops reading is no error', async () => {
    const [command, words] = productCommand(['show', trace, '--store', store, '--json'])
    const child = spawn(command, words, { stdio: ['ignore', 'pipe', 'pipe'] })
    child.stdout.destroy()
    let said = ''
    child.stderr.on('data', (text: Buffer) => (said += text.toString()))
    const code = await new Promise(resolve => child.once('close', resolve))
    expect(said).toBe('')
    expect(code).toBe(0)
  })
})

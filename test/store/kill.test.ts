import { spawn } from 'node:child_process'
import path from 'node:path'
import { expect, test } from 'vitest'
import { digest } from '../../electron/store/digest.ts'
import { listImports } from '../../electron/store/imports.ts'
import { openStore } from '../../electron/store/open.ts'
import { recoverStore } from '../../electron/store/recover.ts'
import { removeImport } from '../../electron/store/remove.ts'
import { seededRandom } from '../helpers/random.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import { reread } from './batches.ts'
import { otherRecords, writeAll } from './killed.ts'

const child = path.join(import.meta.dirname, 'killed.ts')

/** Starts a job in a process of its own and kills it so long after its n-th sign of life. */
function killAfter(job: string, file: string, signs: number, milliseconds: number): Promise<void> {
  const running = spawn(process.execPath, [child, job, file], { stdio: ['ignore', 'pipe', 'pipe'] })
  let seen = 0
  let problem = ''
  running.stderr.setEncoding('utf8').on('data', (text: string) => (problem += text))
  running.stdout.on('data', (dots: Buffer) => {
    seen += dots.length
    if (seen >= signs) setTimeout(() => running.kill('SIGKILL'), milliseconds)
  })
  return new Promise((resolve, reject) => {
    running.once('close', code => (code !== null && code !== 0 ? reject(new Error(problem)) : resolve()))
  })
}

test(
  'a writer killed at any moment leaves whole batches, and a second import completes them',
  { timeout: 60_000 },
  async () => {
    using folder = temporaryFolder()
    const whole = folder.file('whole')
    writeAll(whole)
    const expected = digest(whole)
    const random = seededRandom(7)
    for (let round = 0; round < 3; round++) {
      const file = folder.file(`killed-${round}`)
      await killAfter('write', file, 1 + random.below(58), random.below(4))
      const store = openStore(file)
      expect(store.db.pragma('integrity_check', { simple: true })).toBe('ok')
      const records = store.db
        .prepare('SELECT (SELECT count(*) FROM span) + (SELECT count(*) FROM extra)')
        .pluck()
        .get()
      expect(Number(records) % 50).toBe(0)
      expect(records).toBe(store.db.prepare('SELECT sum(n) FROM batch').pluck().get())
      expect(listImports(store).map(row => row.state)).not.toContain('running')
      recoverStore(store, { reread })
      expect(store.db.prepare('SELECT count(*) FROM trace WHERE dirty').pluck().get()).toBe(0)
      store.close()
      writeAll(file)
      expect(digest(file)).toBe(expected)
    }
  },
)

test(
  'a removal killed half-way leaves the store as it was; done again it leaves the other import alone',
  { timeout: 60_000 },
  async () => {
    using folder = temporaryFolder()
    const both = folder.file('both')
    writeAll(both)
    writeAll(both, otherRecords)
    const before = digest(both)
    await killAfter('remove', both, 1, 0)
    expect(digest(both)).toBe(before)

    const store = openStore(both)
    expect(store.db.pragma('integrity_check', { simple: true })).toBe('ok')
    removeImport(store, 1, { reread })
    store.close()
    const alone = folder.file('alone')
    writeAll(alone, otherRecords)
    expect(digest(both)).toBe(digest(alone))
  },
)

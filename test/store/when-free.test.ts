import { expect, test } from 'vitest'
import { setNotes } from '../../electron/store/notes.ts'
import { openStore } from '../../electron/store/open.ts'
import { whenFree } from '../../electron/store/when-free.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import { importFile } from './stores.ts'

test('a star waits for the transaction of an import without holding up its process', async () => {
  using folder = temporaryFolder()
  const file = folder.file('test.spanwise')
  const importing = openStore(file, { create: true })
  const engine = openStore(file)
  try {
    importFile(importing, [{ trace: 'a', id: 'one' }])
    importing.db.exec('BEGIN IMMEDIATE')
    let done = false
    const star = whenFree(engine, () => setNotes(engine, 'traces', [1], '', true))
    void star.then(() => (done = true))
    let turns = 0
    const turning = setInterval(() => turns++, 1)
    await new Promise(resolve => setTimeout(resolve, 120))
    clearInterval(turning)
    expect(done).toBe(false)
    expect(turns).toBeGreaterThan(10)
    importing.db.exec('COMMIT')
    expect((await star).rows).toBe(1)
    expect(engine.db.pragma('busy_timeout', { simple: true })).toBeGreaterThan(0)
  } finally {
    engine.close()
    importing.close()
  }
})

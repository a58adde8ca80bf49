import Database from 'better-sqlite3'
import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { expect, test } from 'vitest'
import { describeStore } from '../../electron/store/digest.ts'
import { storeError } from '../../electron/store/errors.ts'
import { openStore } from '../../electron/store/open.ts'
import { removeImport } from '../../electron/store/remove.ts'
import { migrations } from '../../electron/store/sql.ts'
import { listTraces } from '../../electron/store/trace-list.ts'
import { StoreWriter } from '../../electron/store/writer.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import { reread } from './batches.ts'
import { importFile } from './stores.ts'

const failsWith = (code: string) => expect.objectContaining({ code }) as Error

/** A store with one trace, changed by somebody else's hand. */
function tampered(file: string, change: (db: Database.Database) => void): void {
  const store = openStore(file, { create: true })
  importFile(store, [{ trace: 't', id: 'a', texts: ['x'.repeat(400)] }])
  store.close()
  const db = new Database(file)
  db.unsafeMode()
  change(db)
  db.close()
}

test('a new store is private, complete, and says which migrations made it', () => {
  using folder = temporaryFolder()
  const file = folder.file('new/deep/store.spanwise')
  const store = openStore(file, { create: true })
  expect(store.db.prepare('SELECT id, name FROM migration').all()).toEqual(
    migrations.map(({ id, name }) => ({ id, name })),
  )
  expect(store.db.pragma('journal_mode', { simple: true })).toBe('wal')
  expect(store.db.pragma('page_size', { simple: true })).toBe(8192)
  expect(store.db.pragma('secure_delete', { simple: true })).toBe(1)
  expect(store.db.pragma('trusted_schema', { simple: true })).toBe(0)
  store.close()
  expect(readFileSync(file).subarray(68, 72).toString()).toBe('Span')
})

test.skipIf(process.platform === 'win32')('only its owner may look into a new store and its folder', () => {
  using folder = temporaryFolder()
  openStore(folder.file('new/store.spanwise'), { create: true }).close()
  expect(statSync(folder.file('new/store.spanwise')).mode & 0o777).toBe(0o600)
  expect(statSync(folder.file('new')).mode & 0o777).toBe(0o700)
})

test('an empty file in the way becomes a store, but only when asked for one', () => {
  using folder = temporaryFolder()
  const file = folder.file('empty')
  writeFileSync(file, '')
  expect(() => openStore(file)).toThrow(failsWith('store/not-a-store'))
  openStore(file, { create: true }).close()
  openStore(file, { readOnly: true, foreign: true }).close()
})

test('a store made where another was deleted without its log is whole, and the log is kept', () => {
  using folder = temporaryFolder()
  const file = folder.file('store.spanwise')
  const store = openStore(file, { create: true })
  importFile(store, [{ trace: 't', id: 'a', texts: ['x'.repeat(40_000)] }])
  const log = readFileSync(`${file}-wal`)
  store.close()
  rmSync(file)
  writeFileSync(`${file}-wal`, log)
  const next = openStore(file, { create: true })
  importFile(next, [{ trace: 'u', id: 'b', texts: ['y'.repeat(400)] }])
  expect(next.db.pragma('integrity_check', { simple: true })).toBe('ok')
  expect(listTraces(next, { sort: 'start', descending: true, offset: 0, limit: 10 }).total).toBe(1)
  next.close()
  expect(readFileSync(`${file}-wal.left`).equals(log)).toBe(true)
})

test.skipIf(process.platform === 'win32')('what is no file is refused, never replaced by a store', () => {
  using folder = temporaryFolder()
  const pipe = folder.file('pipe')
  execFileSync('mkfifo', [pipe])
  symlinkSync('loop', folder.file('loop'))
  symlinkSync('nothing', folder.file('dangling'))
  writeFileSync(folder.file('text'), 'x')
  for (const create of [true, false]) {
    for (const place of [
      pipe,
      folder.file('.'),
      folder.file('loop'),
      folder.file('dangling'),
      folder.file('text/below'),
    ]) {
      expect(() => openStore(place, { create })).toThrow(failsWith('store/not-a-store'))
    }
  }
  expect(lstatSync(pipe).isFIFO()).toBe(true)
})

test('what is not a store is refused and left alone', () => {
  using folder = temporaryFolder()
  const text = folder.file('notes.txt')
  writeFileSync(text, 'hello '.repeat(100))
  const foreign = folder.file('other.db')
  new Database(foreign).exec('CREATE TABLE trace(id)').close()
  mkdirSync(folder.file('directory'))
  for (const file of [text, foreign, folder.file('directory'), folder.file('missing')]) {
    expect(() => openStore(file)).toThrow(failsWith('store/not-a-store'))
  }
  expect(() => openStore(text, { create: true })).toThrow(failsWith('store/not-a-store'))
  expect(readFileSync(text, 'utf8')).toBe('hello '.repeat(100))
  expect(existsSync(`${foreign}-wal`)).toBe(false)
})

test.for([
  ['a trigger', 'CREATE TRIGGER steal AFTER INSERT ON span BEGIN DELETE FROM trace; END'],
  ['a view', 'CREATE VIEW spans AS SELECT * FROM span'],
  ['a table', 'CREATE TABLE more(id)'],
  ['an index', 'CREATE INDEX more ON span(name)'],
  ['a column', 'ALTER TABLE span ADD COLUMN more INTEGER'],
  ['a missing table', 'DROP TABLE score'],
  [
    'another default',
    `PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, 'key TEXT NOT NULL', 'key TEXT NOT NULL DEFAULT (1)') WHERE name = 'trace'`,
  ],
  ['no version', 'PRAGMA user_version = 0'],
])('a store with %s of its own is refused', ([, change]) => {
  using folder = temporaryFolder()
  const file = folder.file('tampered')
  tampered(file, db => db.exec(change!))
  expect(() => openStore(file)).toThrow(failsWith('store/not-a-store'))
})

test('damaged pages are found in a file from elsewhere', () => {
  using folder = temporaryFolder()
  const file = folder.file('damaged')
  tampered(file, () => {})
  const bytes = readFileSync(file)
  for (let page = 10; page * 8192 < bytes.length; page++) bytes.fill(0xff, page * 8192, page * 8192 + 100)
  writeFileSync(file, bytes)
  expect(() => openStore(file, { foreign: true })).toThrow(failsWith('store/corrupt'))
  truncateSync(file, 8192 * 6)
  expect(() => openStore(file, { foreign: true })).toThrow(failsWith('store/corrupt'))
})

test('nothing in a hostile store is executed before it is refused', () => {
  using folder = temporaryFolder()
  const file = folder.file('hostile')
  tampered(file, db => {
    db.exec('CREATE TRIGGER steal AFTER UPDATE ON import BEGIN DELETE FROM span; END')
    db.exec('CREATE VIEW evil AS SELECT load_extension(1), zeroblob(1000000000) FROM span')
  })
  const before = readFileSync(file)
  for (const options of [{}, { foreign: true }, { readOnly: true }, { create: true }]) {
    expect(() => openStore(file, options)).toThrow(failsWith('store/not-a-store'))
  }
  expect(readFileSync(file).equals(before)).toBe(true)
})

test('a store that says it is the database of another program is refused', () => {
  using folder = temporaryFolder()
  const file = folder.file('other')
  tampered(file, db => db.pragma('application_id = 1178880069'))
  expect(() => openStore(file)).toThrow(failsWith('store/not-a-store'))
})

test('ten gigabytes of nothing are refused without being read', () => {
  using folder = temporaryFolder()
  const [empty, grown] = [folder.file('empty'), folder.file('grown')]
  const size = 10 * 2 ** 30
  writeFileSync(empty, '')
  truncateSync(empty, size)
  tampered(grown, () => {})
  // Its header says that all of them are its pages.
  const bytes = readFileSync(grown)
  bytes.writeUInt32BE(size / 8192, 28)
  writeFileSync(grown, bytes)
  truncateSync(grown, size)
  const started = process.cpuUsage()
  expect(() => openStore(empty)).toThrow(failsWith('store/not-a-store'))
  expect(() => openStore(grown, { foreign: true })).toThrow(failsWith('store/corrupt'))
  const { user, system } = process.cpuUsage(started)
  expect((user + system) / 1e6).toBeLessThan(5)
})

test('a block that inflates to more than it says, or refers to nothing, is damage and no crash', () => {
  using folder = temporaryFolder()
  for (const [name, change] of [
    ['bomb', `UPDATE body_block SET ends = x'01000000'`],
    ['garbage', 'UPDATE record_block SET data = randomblob(40)'],
    ['gone', 'DELETE FROM body_block'],
  ] as const) {
    tampered(folder.file(name), db => db.exec(change))
    const store = openStore(folder.file(name))
    expect(() => [...describeStore(store)]).toThrow(failsWith('store/corrupt'))
    store.close()
  }
})

test('a store of a newer build opens read-only and refuses writes', () => {
  using folder = temporaryFolder()
  const file = folder.file('newer')
  tampered(file, db => db.exec('CREATE TABLE dataset(id INTEGER PRIMARY KEY) STRICT; PRAGMA user_version = 999'))
  const store = openStore(file, { create: true })
  expect([store.readOnly, store.newerSchema]).toEqual([true, true])
  expect(listTraces(store, { sort: 'start', descending: true, offset: 0, limit: 5 }).total).toBe(1)
  expect(() => new StoreWriter(store, { reread })).toThrow(failsWith('store/newer'))
  expect(() => removeImport(store, 1, { reread })).toThrow(failsWith('store/newer'))
  store.close()
  const shadowed = folder.file('shadowed')
  tampered(shadowed, db => db.exec('CREATE VIEW latest AS SELECT 1; PRAGMA user_version = 999'))
  expect(() => openStore(shadowed)).toThrow(failsWith('store/not-a-store'))
})

test('a read-only store refuses an import and reads on', () => {
  using folder = temporaryFolder()
  const file = folder.file('read-only')
  tampered(file, () => {})
  const store = openStore(file, { readOnly: true })
  expect(() => new StoreWriter(store, { reread })).toThrow(failsWith('store/read-only-folder'))
  expect(listTraces(store, { sort: 'start', descending: true, offset: 0, limit: 5 }).total).toBe(1)
  store.close()
})

test.skipIf(process.getuid?.() === 0 || process.platform === 'win32')(
  'a folder that cannot be written is read, not written',
  () => {
    using folder = temporaryFolder()
    const file = folder.file('locked/store')
    tampered(file, () => {})
    chmodSync(folder.file('locked'), 0o500)
    try {
      const store = openStore(file, { readOnly: true })
      expect(listTraces(store, { sort: 'start', descending: true, offset: 0, limit: 5 }).total).toBe(1)
      store.close()
      expect(() => openStore(folder.file('locked/other'), { create: true })).toThrow(
        failsWith('store/read-only-folder'),
      )
    } finally {
      chmodSync(folder.file('locked'), 0o700)
    }
  },
)

test('what the system says becomes a code that a user can act on', () => {
  const sqlite = (code: string) => storeError(new Database.SqliteError('said SQLite', code), '/s')
  expect(sqlite('SQLITE_FULL')).toEqual(failsWith('store/disk-full'))
  expect(sqlite('SQLITE_IOERR_SHMSIZE')).toEqual(failsWith('store/disk-full'))
  expect(sqlite('SQLITE_BUSY')).toEqual(failsWith('store/locked'))
  expect(sqlite('SQLITE_CORRUPT_INDEX')).toEqual(failsWith('store/corrupt'))
  expect(sqlite('SQLITE_READONLY_DIRECTORY')).toEqual(failsWith('store/read-only-folder'))
  expect(storeError(Object.assign(new Error('no space'), { code: 'ENOSPC' }), '/s')).toEqual(
    failsWith('store/disk-full'),
  )
  const surprise = new TypeError('a bug')
  expect(storeError(surprise, '/s')).toBe(surprise)
})

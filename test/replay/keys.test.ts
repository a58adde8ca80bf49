import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { childEnv } from '../../electron/hosts/child-env.ts'
import { systemKeys } from '../../electron/app/system-keys.ts'
import { Connections } from '../../electron/replay/connections.ts'
import type { Profile } from '../../shared/replay/compose.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

const canary = 'sk-canary-0123456789abcdef-ABCDEF'
const mine: Profile = { name: 'Mine', origin: 'https://api.example.com', dialect: 'openai-chat', keyEnv: 'MY_KEY' }

/** Electron's storage, on a system of one's choice. */
class FakeStorage {
  backend: ReturnType<Electron.SafeStorage['getSelectedStorageBackend']> = 'gnome_libsecret'
  isThere = true
  shouldReEncrypt = false
  broken = false
  isAsyncEncryptionAvailable = async () => this.isThere
  getSelectedStorageBackend = () => this.backend
  encryptStringAsync = async (text: string) => Buffer.from(Buffer.from(text).toString('base64'))
  decryptStringAsync = async (data: Buffer) => {
    if (this.broken) throw new Error('another keychain')
    const { shouldReEncrypt } = this
    this.shouldReEncrypt = false
    return { result: Buffer.from(data.toString(), 'base64').toString(), shouldReEncrypt }
  }
}

function open(env: NodeJS.ProcessEnv = {}) {
  const folder = temporaryFolder()
  const storage = new FakeStorage()
  const again = () => new Connections(folder.path, { env, vaultCost: 1 << 14, system: systemKeys(storage, 'linux') })
  const connections = again()
  connections.save(mine)
  const files = () => ['connections.json', 'keys.json'].map(name => readFileSync(folder.file(name), 'utf8')).join()
  return { folder, storage, connections, again, files, [Symbol.dispose]: () => folder[Symbol.dispose]() }
}

test.for(['basic_text', 'unknown', 'none'] as const)(
  'the system keeps no key where that is no protection: %s',
  async state => {
    using it = open()
    if (state === 'none') it.storage.isThere = false
    else it.storage.backend = state
    expect(await it.connections.list()).toMatchObject({ system: state === 'none' ? 'none' : 'weak' })
    const put = it.connections.keys.put(mine, canary, 'system')
    await expect(put).rejects.toMatchObject({
      code: 'replay/weak-storage',
      message: expect.stringMatching(/session.*environment.*vault/) as unknown,
    })
    await it.connections.keys.put(mine, canary, 'session')
    expect(await it.connections.keys.keyFor(mine)).toBe(canary)
    await expect(it.again().keys.keyFor(mine)).rejects.toMatchObject({ code: 'replay/no-key' })
  },
)

test('the system’s storage: a changed key of its own is followed, another’s is kept and explained', async () => {
  using it = open()
  await it.connections.keys.put(mine, canary, 'system')
  expect(it.files()).not.toContain(canary)
  expect((await it.again().list()).profiles).toMatchObject([{ name: 'Mine', key: { place: 'system', last4: 'CDEF' } }])
  const before = it.files()
  it.storage.shouldReEncrypt = true
  expect(await it.again().keys.keyFor(mine)).toBe(canary)
  expect(it.files()).not.toBe(before)
  it.storage.broken = true
  it.storage.backend = 'kwallet6'
  const kept = it.files()
  await expect(it.again().keys.keyFor(mine)).rejects.toMatchObject({
    message: expect.stringContaining('gnome_libsecret; this is kwallet6') as unknown,
  })
  expect(it.files()).toBe(kept)
})

test('the vault opens with its passphrase only, and each key for its own connection only', async () => {
  using it = open()
  const { keys } = it.connections
  await expect(keys.put(mine, canary, 'vault')).rejects.toMatchObject({ code: 'replay/vault-closed' })
  await keys.openVault('correct horse')
  await keys.put(mine, canary, 'vault')
  expect(it.files()).not.toContain(canary)
  const later = it.again()
  await expect(later.keys.keyFor(mine)).rejects.toMatchObject({ code: 'replay/vault-closed' })
  expect(await later.list()).toMatchObject({ vault: 'closed', profiles: [{ key: { place: 'vault', closed: true } }] })
  await expect(later.keys.openVault('battery staple')).rejects.toMatchObject({ code: 'replay/wrong-passphrase' })
  await later.keys.openVault('correct horse')
  expect(await later.keys.keyFor(mine)).toBe(canary)
  // Whoever can write both files cannot send the key elsewhere.
  const file = it.folder.file('connections.json')
  writeFileSync(file, readFileSync(file, 'utf8').replace('api.example.com', 'evil.test'))
  await expect(later.keys.keyFor(later.find('Mine'))).rejects.toThrow(/damaged, or was given for another/)
  later.keys.closeVault()
  expect(await later.list()).toMatchObject({ vault: 'closed' })
})

test('with another origin or dialect the key is forgotten; the environment’s is the last to be asked', async () => {
  using it = open({ MY_KEY: 'sk-of-the-environment-0123' })
  const { keys } = it.connections
  expect(await keys.tell(mine)).toEqual({ place: 'environment', last4: '0123' })
  for (const change of [{ origin: 'https://other.example.com' }, { dialect: 'anthropic' }] as const) {
    it.connections.save(mine)
    await keys.put(mine, canary, 'session')
    expect(await keys.tell(mine)).toMatchObject({ place: 'session' })
    it.connections.save({ ...mine, ...change })
    expect(await keys.tell(it.connections.find('Mine'))).toMatchObject({ place: 'environment' })
    expect(await keys.tell(mine)).toMatchObject({ place: 'environment' })
  }
  it.connections.remove('Mine')
  expect((await it.connections.list()).profiles).toEqual([])
})

test.for(['sk-of\r\nX-Evil: 1', 'sk-of-ünïcode', 'two words'])(
  'a variable with %j has no key, and is not sent',
  async value => {
    using it = open({ MY_KEY: value })
    const refused = it.connections.keys.keyFor(mine)
    await expect(refused).rejects.toMatchObject({
      code: 'replay/no-key',
      message: expect.not.stringContaining(value) as string,
    })
    await expect(refused).rejects.toThrow(/MY_KEY has is no key/)
  },
)

test('files are their owner’s alone; what is damaged is not overwritten', () => {
  using it = open()
  const file = it.folder.file('connections.json')
  expect(statSync(file).mode & 0o777).toBe(0o600)
  writeFileSync(file, '[{"name":')
  expect(() => it.connections.save(mine)).toThrow(/cannot be read/)
  expect(readFileSync(file, 'utf8')).toBe('[{"name":')
})

test('a vault whose numbers no one could have made is damaged', async () => {
  using it = open()
  await it.connections.keys.openVault('correct horse')
  const file = it.folder.file('keys.json')
  writeFileSync(file, readFileSync(file, 'utf8').replace('16384', '100000'))
  await expect(it.again().keys.openVault('correct horse')).rejects.toMatchObject({ code: 'replay/damaged-file' })
})

test('our own processes are told no variable that may hold a key', () => {
  const env = {
    PATH: '/bin',
    XDG_DATA_HOME: '/data',
    OPENAI_API_KEY: canary,
    HF_TOKEN: canary,
    NODE_OPTIONS: '--inspect',
  }
  expect(childEnv(env)).toEqual({ PATH: '/bin', XDG_DATA_HOME: '/data' })
})

import type { Connection } from '../../../shared/contract/replay.ts'
import { keyText, profile as schema } from '../../../shared/contract/replay.ts'
import { InspectorError } from '../../../shared/domain/errors.ts'
import { dialectIds } from '../../../shared/replay/types.ts'
import type { Connections } from '../../replay/connections.ts'
import { toProfile } from '../../../shared/replay/profile.ts'
import { surroundings } from '../replay.ts'
import { type Command, type ExitCode, usageError, type Words } from './command.ts'
import { storeOption } from './inspect.ts'
import { print, table } from './output.ts'
import { readProfile } from './profile.ts'
import { readSecret } from './secret.ts'
import { safeJson, safeLine } from './terminal.ts'

export const connections: Command = {
  name: 'connections',
  summary: 'list where requests may go; add one, remove one, give one its key',
  usage: 'spanwise connections [add NAME | remove NAME | key NAME] [--json]',
  help: [
    'add NAME       saves one, over the one of that name: with --origin and --dialect, or --from',
    '--origin O     scheme, host and port: https://api.example.com',
    `--dialect D    ${dialectIds.join(', ')}`,
    '--key-env V    the variable of the environment that has the key; without it none is asked for',
    '--allow-http   this host may be talked to without encryption; this machine needs no such word',
    '--from F       instead: the name of a known server (ollama, api.openai.com …), or a JSON file',
    'remove NAME    forgets it, and its key',
    'key NAME       puts its key into the vault: typed in without being shown, or the first line of standard input.',
    '               SPANWISE_PASSPHRASE opens the vault, and makes it where there is none; a terminal is asked for it',
    '--forget       with key: forgets it, wherever it was put',
    '--json         one JSON document: all connections there are then, of each key its place and its last four characters',
    '',
    'With another origin or dialect a connection loses its key. Connections are one list for all stores.',
  ],
  options: {
    ...storeOption,
    origin: { type: 'string' },
    dialect: { type: 'string' },
    'key-env': { type: 'string' },
    'allow-http': { type: 'boolean' },
    from: { type: 'string' },
    forget: { type: 'boolean' },
    json: { type: 'boolean' },
  },
  run: async (words): Promise<ExitCode> => {
    const [verb, name, ...more] = words.positionals
    const isKnown = verb === undefined || verb === 'add' || verb === 'remove' || verb === 'key'
    if (!isKnown || more.length > 0 || (verb === undefined) !== (name === undefined))
      throw usageError('connections takes add, remove or key, and one name.')
    const saved = await surroundings({ host: 'command line' }).connections()
    if (name !== undefined) {
      if (verb === 'add') saved.save(await readConnection(name, words))
      else if (verb === 'remove') saved.remove(name)
      else if (words.flag('forget')) saved.keys.forget(saved.find(name))
      else await putKey(saved, name)
    }
    const { profiles, vault } = await openedIfSaid(saved)
    await print(words.flag('json') ? `${safeJson({ connections: profiles, vault })}\n` : draw(profiles))
    return 0
  },
}

async function readConnection(name: string, words: Words) {
  const from = words.text('from')
  const [origin, dialect, keyEnv] = [words.text('origin'), words.text('dialect'), words.text('key-env')]
  if ((from === undefined) === (origin === undefined || dialect === undefined))
    throw usageError('add takes --origin and --dialect, or --from.')
  const base = from === undefined ? { origin, dialect } : await readProfile(from)
  const read = schema.safeParse({
    ...base,
    name,
    ...(keyEnv === undefined ? {} : { keyEnv }),
    ...(words.flag('allow-http') ? { allowHttp: true } : {}),
  })
  if (read.success) return toProfile(read.data)
  const wrong = String(read.error.issues[0]?.path[0] ?? 'it')
  const what = wrong === 'dialect' ? `--dialect takes one of ${dialectIds.join(', ')}.` : `its ${wrong} cannot be that.`
  throw usageError(`${safeLine(name)} is no connection: ${what}`)
}

/** What lies in the vault is seen with its passphrase only. */
async function openedIfSaid(saved: Connections) {
  const list = await saved.list()
  const passphrase = process.env['SPANWISE_PASSPHRASE'] ?? ''
  if (list.vault !== 'closed' || passphrase === '') return list
  await saved.keys.openVault(passphrase)
  return saved.list()
}

async function putKey(saved: Connections, name: string): Promise<void> {
  const profile = saved.find(name)
  if (profile.keyEnv === undefined)
    throw new InspectorError(
      'replay/no-key',
      `${safeLine(name)} asks for no key; add it again with --key-env to make it ask.`,
    )
  await saved.keys.openVault(await passphraseOf((await saved.list()).vault === 'none'))
  const key = keyText.safeParse(await readSecret(`Key of ${safeLine(name)}`))
  if (!key.success)
    throw new InspectorError(
      'replay/no-key',
      'This is no key: one is printable characters without a space, up to 4096.',
    )
  await saved.keys.put(profile, key.data, 'vault')
}

async function passphraseOf(isNew: boolean): Promise<string> {
  const given = process.env['SPANWISE_PASSPHRASE']
  if (given !== undefined && given !== '') return given
  if (!process.stdin.isTTY)
    throw new InspectorError('replay/vault-closed', 'The vault is closed: SPANWISE_PASSPHRASE opens it.')
  const typed = await readSecret(isNew ? 'Passphrase of the new vault' : 'Passphrase of the vault')
  if (typed === '' || (isNew && (await readSecret('The same again')) !== typed))
    throw new InspectorError('replay/wrong-passphrase', 'These are not the same; nothing was kept.')
  return typed
}

function draw(profiles: readonly Connection[]): string {
  if (profiles.length === 0) return 'There are no connections; spanwise connections add saves one.\n'
  return table(profiles, [
    { title: 'NAME', read: one => one.name, most: 40 },
    { title: 'ORIGIN', read: one => one.origin, most: 60 },
    { title: 'DIALECT', read: one => one.dialect },
    { title: 'KEY', read: one => keyOf(one), most: 60 },
  ])
}

function keyOf({ key, keyEnv }: Connection): string {
  if (keyEnv === undefined) return 'asks for none'
  if (!key) return `none (${keyEnv})`
  if (key.closed) return 'in the vault, which is closed'
  const where = key.place === 'environment' ? keyEnv : `in the ${key.place}`
  return key.last4 === undefined ? where : `${where}, …${key.last4}`
}

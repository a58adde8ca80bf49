import { type KeyPlace, keyText } from '../../shared/contract/replay.ts'
import { type KeyFile, keyFile, type SystemKey } from '../../shared/contract/replay-files.ts'
import { InspectorError } from '../../shared/domain/errors.ts'
import type { Profile } from '../../shared/replay/compose.ts'
import { readPrivate, writePrivate } from './private-file.ts'
import { Vault } from './vault.ts'

/** The system's own storage of secrets, where the host has one (Electron's safeStorage). */
export interface SystemKeys {
  /** `weak`: it would keep them where every program of this person can read them. */
  state(): Promise<{ readonly system: 'available' | 'weak' | 'none'; readonly backend?: string }>
  encrypt(text: string): Promise<Buffer>
  /** `shouldReEncrypt`: the system changed its own key since. */
  decrypt(data: Buffer): Promise<{ readonly result: string; readonly shouldReEncrypt: boolean }>
}

export interface KeysOptions {
  readonly system?: SystemKeys
  readonly env?: NodeJS.ProcessEnv
  readonly vaultCost?: number
}

/**
 * Where keys are. Asked in this order: typed in for this session, the vault, the system's storage, the environment. A key is
 * bound to the origin and the dialect that it was given for: for any other it is as good as none.
 */
export class Keys {
  private readonly file: string
  private readonly system: SystemKeys | undefined
  private readonly env: NodeJS.ProcessEnv
  private readonly session = new Map<string, { readonly key: string; readonly purpose: string }>()
  private readonly vault: Vault

  constructor(file: string, { system, env = process.env, vaultCost }: KeysOptions = {}) {
    this.vault = new Vault(vaultCost)
    this.file = file
    this.system = system
    this.env = env
  }

  async storage(): Promise<{
    system: 'available' | 'weak' | 'none'
    backend?: string
    vault: 'none' | 'closed' | 'open'
  }> {
    const state = (await this.system?.state()) ?? { system: 'none' }
    const vault = this.vault.isOpen ? 'open' : this.read().vault ? 'closed' : 'none'
    return { ...state, vault }
  }

  /** The key to send with a request; undefined where the connection asks for none. Throws where it asks and there is none. */
  async keyFor(profile: Profile): Promise<string | undefined> {
    if (profile.keyEnv === undefined) return undefined
    const found = await this.find(profile)
    if (found && !keyText.safeParse(found.key).success)
      throw new InspectorError(
        'replay/no-key',
        `What ${profile.keyEnv} has is no key: one is printable characters without a space, up to 4096.`,
      )
    if (found) return found.key
    if (this.isShutIn(profile))
      throw new InspectorError(
        'replay/vault-closed',
        `The key of ${profile.name} is in the vault, which is closed: open it with its passphrase.`,
      )
    if (this.read().vault?.keys[profile.name])
      throw new InspectorError(
        'replay/no-key',
        `What the vault has for ${profile.name} is damaged, or was given for another connection: give it again.`,
      )
    throw new InspectorError(
      'replay/no-key',
      `There is no key for ${profile.name}: set ${profile.keyEnv} in the environment, or give one in the window.`,
    )
  }

  /** All that is told of a key. */
  async tell(profile: Profile): Promise<{ place: KeyPlace; last4?: string; closed?: true } | undefined> {
    if (profile.keyEnv === undefined) return undefined
    const found = await this.find(profile).catch(() => undefined)
    if (!found) return this.isShutIn(profile) ? { place: 'vault', closed: true } : undefined
    const last4 = endOf(found.key)
    return { place: found.place, ...(last4 === undefined ? {} : { last4 }) }
  }

  async put(profile: Profile, key: string, place: 'session' | 'vault' | 'system'): Promise<void> {
    const purpose = purposeOf(profile)
    if (place === 'session') {
      this.forget(profile)
      this.session.set(profile.name, { key, purpose })
      return
    }
    const file = this.read()
    if (place === 'vault') {
      const written = this.vault.seal(key, purpose)
      if (!file.vault)
        throw new InspectorError('replay/vault-closed', 'There is no vault yet: open one with a passphrase.')
      this.forget(profile)
      const left = this.read()
      this.write({ ...left, vault: { ...file.vault, keys: { ...left.vault?.keys, [profile.name]: written } } })
      return
    }
    const entry = await this.encrypted(key, purpose)
    this.forget(profile)
    const left = this.read()
    this.write({ ...left, system: { ...left.system, [profile.name]: entry } })
  }

  forget({ name }: Profile): void {
    this.session.delete(name)
    const { vault, system } = this.read()
    if (!vault?.keys[name] && !system[name]) return
    this.write({
      ...(vault ? { vault: { ...vault, keys: without(vault.keys, name) } } : {}),
      system: without(system, name),
    })
  }

  async openVault(passphrase: string): Promise<void> {
    const file = this.read()
    const vault = await this.vault.open(passphrase, file.vault)
    if (!file.vault) this.write({ ...file, vault })
  }

  closeVault(): void {
    this.vault.close()
  }

  /** Its key is there, for whoever has the passphrase; whether it is for this origin shows only then. */
  private isShutIn({ name }: Profile): boolean {
    return !this.vault.isOpen && this.read().vault?.keys[name] !== undefined
  }

  private async find(profile: Profile): Promise<{ readonly key: string; readonly place: KeyPlace } | undefined> {
    const { name, keyEnv } = profile
    const purpose = purposeOf(profile)
    const typed = this.session.get(name)
    if (typed?.purpose === purpose) return { key: typed.key, place: 'session' }
    const { vault, system } = this.read()
    const locked = vault?.keys[name]
    const opened = locked && this.vault.isOpen ? this.vault.unseal(locked, purpose) : undefined
    if (opened !== undefined) return { key: opened, place: 'vault' }
    const kept = system[name]
    if (kept?.purpose === purpose && this.system) return { key: await this.decrypted(profile, kept), place: 'system' }
    const value = keyEnv !== undefined && Object.hasOwn(this.env, keyEnv) ? this.env[keyEnv]?.trim() : undefined
    return value === undefined || value === '' ? undefined : { key: value, place: 'environment' }
  }

  private async encrypted(key: string, purpose: string): Promise<SystemKey> {
    const state = await this.system?.state()
    if (!this.system || state?.system !== 'available') {
      const why = state?.system === 'weak' ? 'would keep it where every program can read it' : 'keeps no keys'
      throw new InspectorError(
        'replay/weak-storage',
        `This system ${why}: keep it for this session, name a variable of the environment, or use a vault.`,
      )
    }
    const data = (await this.system.encrypt(key)).toString('base64')
    const backend = state.backend === undefined ? {} : { backend: state.backend }
    return { ...backend, created: Date.now(), purpose, data }
  }

  /** A key that cannot be read is kept as it is: the storage that made it may come back. */
  private async decrypted(profile: Profile, kept: SystemKey): Promise<string> {
    const { backend } = await this.system!.state()
    try {
      const { result, shouldReEncrypt } = await this.system!.decrypt(Buffer.from(kept.data, 'base64'))
      if (shouldReEncrypt) await this.put(profile, result, 'system')
      return result
    } catch {
      const changed =
        backend === kept.backend ? '' : ` It was made by ${kept.backend ?? 'another'}; this is ${backend ?? 'unknown'}.`
      throw new InspectorError(
        'replay/unreadable-key',
        `The system does not give back the key of ${profile.name}.${changed} Give it again.`,
      )
    }
  }

  private read(): KeyFile {
    return readPrivate(this.file, keyFile) ?? { system: {} }
  }

  private write(file: KeyFile): void {
    writePrivate(this.file, file)
  }
}

/** What a key is for. */
function purposeOf({ name, origin, dialect }: Profile): string {
  return JSON.stringify([name, origin, dialect])
}

/** Of a short key, its end would be too much of it. */
function endOf(key: string): string | undefined {
  return key.length >= 16 ? key.slice(-4) : undefined
}

function without<T>(record: Readonly<Record<string, T>>, name: string): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => key !== name))
}

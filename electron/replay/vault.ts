import { createCipheriv, createDecipheriv, randomBytes, scrypt, type BinaryLike } from 'node:crypto'
import { promisify } from 'node:util'
import type { Sealed, VaultFile } from '../../shared/contract/replay-files.ts'
import { InspectorError } from '../../shared/domain/errors.ts'

/** 128 MB and a third of a second a guess. */
const usualCost = 1 << 17
const check = 'spanwise'

const derive = promisify<BinaryLike, BinaryLike, number, object, Buffer>(scrypt)

/** Keys behind a passphrase, which is held as the key made of it while the vault is open. */
export class Vault {
  private secret: Buffer | undefined
  private readonly cost: number

  /** `cost`: of a vault that is made, scrypt's N; only tests, which wait for it, take less. */
  constructor(cost = usualCost) {
    this.cost = cost
  }

  get isOpen(): boolean {
    return this.secret !== undefined
  }

  /** The file as it is, or a new one where there was none. Throws on a wrong passphrase. */
  async open(passphrase: string, file: VaultFile | undefined): Promise<VaultFile> {
    const n = file?.n ?? this.cost
    const salt = file ? Buffer.from(file.salt, 'base64') : randomBytes(16)
    const secret = await derive(passphrase.normalize('NFKC'), salt, 32, { N: n, r: 8, p: 1, maxmem: 256 * n * 8 })
    if (file && unseal(secret, file.check, check) !== check)
      throw new InspectorError('replay/wrong-passphrase', 'This passphrase does not open the vault.')
    this.secret = secret
    return file ?? { kdf: 'scrypt', n, salt: salt.toString('base64'), check: seal(secret, check, check), keys: {} }
  }

  close(): void {
    this.secret?.fill(0)
    this.secret = undefined
  }

  /** `purpose`: what the key is for; for anything else it does not open. */
  seal(key: string, purpose: string): Sealed {
    return seal(this.opened(), key, purpose)
  }

  /** Undefined where it was sealed for something else, or changed since. */
  unseal(written: Sealed, purpose: string): string | undefined {
    return unseal(this.opened(), written, purpose)
  }

  private opened(): Buffer {
    if (!this.secret)
      throw new InspectorError('replay/vault-closed', 'The vault is closed: open it with its passphrase.')
    return this.secret
  }
}

function seal(secret: Buffer, text: string, purpose: string): Sealed {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', secret, iv).setAAD(Buffer.from(purpose))
  const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return { iv: iv.toString('base64'), tag: cipher.getAuthTag().toString('base64'), data: data.toString('base64') }
}

function unseal(secret: Buffer, { iv, tag, data }: Sealed, purpose: string): string | undefined {
  try {
    const decipher = createDecipheriv('aes-256-gcm', secret, Buffer.from(iv, 'base64'), { authTagLength: 16 })
    decipher.setAAD(Buffer.from(purpose)).setAuthTag(Buffer.from(tag, 'base64'))
    return Buffer.concat([decipher.update(Buffer.from(data, 'base64')), decipher.final()]).toString('utf8')
  } catch {
    return undefined
  }
}

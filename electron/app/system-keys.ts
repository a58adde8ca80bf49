import type { SafeStorage } from 'electron'
import type { SystemKeys } from '../replay/keys.ts'

/** Backends of Linux that keep a text under a password that every program knows. */
const weak = new Set(['basic_text', 'unknown'])

/** The part of safeStorage that asks the system without holding up the windows. */
type Storage = Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
>

/** The system's keychain, through Electron. */
export function systemKeys(storage: Storage, platform = process.platform): SystemKeys {
  return {
    async state() {
      // Only Linux has several.
      const backend = platform === 'linux' ? storage.getSelectedStorageBackend() : platform
      const isThere = await storage.isAsyncEncryptionAvailable().catch(() => false)
      if (!isThere) return { system: 'none', backend }
      return { system: weak.has(backend) ? 'weak' : 'available', backend }
    },
    encrypt: text => storage.encryptStringAsync(text),
    decrypt: data => storage.decryptStringAsync(data),
  }
}

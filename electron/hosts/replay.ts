import type { Connections } from '../replay/connections.ts'
import type { Surroundings } from '../replay/desk.ts'
import type { SystemKeys } from '../replay/keys.ts'
import { ledgerFile } from '../replay/ledger.ts'
import { lockFile } from '../replay/lock.ts'
import { dataFolder } from './data-folder.ts'

interface Having extends Omit<Surroundings, 'connections' | 'ledger' | 'lock'> {
  /** Absent: this host has none. */
  readonly system?: SystemKeys
  /** Else the data folder: connections, keys, ledger and lock are the machine's. */
  readonly folder?: string
}

/** What a host needs for sending requests again. Made once: keys that were typed in stay, whichever store is open. */
export function surroundings({ system, folder = dataFolder(), ...having }: Having): Surroundings {
  const open = async (): Promise<Connections> => {
    const { Connections } = await import('../replay/connections.ts')
    return new Connections(folder, system ? { system } : {})
  }
  let opened: Promise<Connections> | undefined
  return { ...having, connections: () => (opened ??= open()), ledger: ledgerFile(folder), lock: lockFile(folder) }
}

import { Connections } from '../replay/connections.ts'
import type { Surroundings } from '../replay/desk.ts'
import type { SystemKeys } from '../replay/keys.ts'
import { ledgerFile } from '../replay/ledger.ts'
import { dataFolder } from './data-folder.ts'

interface Having extends Omit<Surroundings, 'connections' | 'ledger'> {
  /** Absent: this host has none. */
  readonly system?: SystemKeys
}

/** What a host needs for sending requests again: connections, keys and ledger are the machine's, in the data folder. */
export function surroundings({ system, ...having }: Having): Surroundings {
  const folder = dataFolder()
  return { ...having, connections: new Connections(folder, system ? { system } : {}), ledger: ledgerFile(folder) }
}

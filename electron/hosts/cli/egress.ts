import type { LedgerEntry } from '../../../shared/contract/replay.ts'
import { formatBytes, formatPlural } from '../../../shared/format/numbers.ts'
import { formatDateTime } from '../../../shared/format/times.ts'
import { readLedger } from '../../replay/read-ledger.ts'
import { lockOf, setLock } from '../../replay/lock.ts'
import { surroundings } from '../replay.ts'
import { type Command, type ExitCode, readNumber, usageError } from './command.ts'
import { storeOption } from './inspect.ts'
import { complain, print, table } from './output.ts'
import { safeJson } from './terminal.ts'

export const egress: Command = {
  name: 'egress',
  summary: 'list every request that was sent from this machine: when, where, with which key, for which call',
  usage: 'spanwise egress [--limit N] [--json] [--lock | --unlock]',
  help: [
    '--limit N     the latest N (default 100)',
    '--json        one JSON document: {"file","locked","total","unreadable","requests"}',
    '--lock        from now on nothing is sent from this machine, by no host; --unlock ends it',
    '',
    'The ledger is one for all stores. SPANWISE_NO_NETWORK=1 locks too, whatever else is set.',
  ],
  // Whoever names a store with every command may name it here too.
  options: {
    ...storeOption,
    limit: { type: 'string' },
    json: { type: 'boolean' },
    lock: { type: 'boolean' },
    unlock: { type: 'boolean' },
  },
  run: async (words): Promise<ExitCode> => {
    if (words.positionals.length > 0) throw usageError('egress takes options only; try spanwise egress --help')
    const limit = readNumber(words.text('limit'), 'limit', 100)
    const [lock, unlock] = [words.flag('lock'), words.flag('unlock')]
    if (lock && unlock) throw usageError('--lock and --unlock: one of them.')
    const { ledger: file, lock: own } = surroundings({ host: 'command line' })
    if (lock || unlock) setLock(own, lock)
    const { entries, unreadable } = readLedger(file)
    const requests = entries.slice(0, limit)
    const { locked } = lockOf(own)
    if (words.flag('json')) await print(`${safeJson({ file, locked, total: entries.length, unreadable, requests })}\n`)
    else await print(draw(requests, entries.length, locked))
    if (unreadable > 0) complain(`${formatPlural(unreadable, 'line')} of ${file} cannot be read.`)
    return unreadable > 0 ? 2 : 0
  },
}

function draw(requests: readonly LedgerEntry[], total: number, locked: boolean): string {
  const lock = locked ? 'This machine is locked: nothing is sent.\n' : ''
  if (total === 0) return `${lock}Nothing was ever sent from here.\n`
  const lines = table(requests, [
    { title: 'WHEN', read: row => formatDateTime(row.at * 1000) },
    { title: 'TO', read: row => row.origin, most: 48 },
    { title: 'KEY', read: row => row.key ?? 'none', most: 24 },
    { title: 'OUT', read: row => formatBytes(row.bytesOut), right: true },
    { title: 'IN', read: row => formatBytes(row.bytesIn), right: true },
    { title: 'OUTCOME', read: row => row.outcome, colour: row => (row.outcome === 'ok' ? undefined : 'yellow') },
    { title: 'CALL', read: row => `${row.traceId}/${row.spanId}`, most: 49 },
    { title: 'BY', read: row => `${row.user}, ${row.host}`, most: 32 },
  ])
  const more = total > requests.length ? `\n${total - requests.length} earlier are not shown: --limit\n` : ''
  return `${lock}${lines}\n${more}`
}

import type { ImportRow } from '../../../shared/contract/imports.ts'
import { formatCount } from '../../../shared/format/numbers.ts'
import { formatDateTime } from '../../../shared/format/times.ts'
import { type Command, type ExitCode, usageError } from './command.ts'
import { filesOf } from './find-import.ts'
import { existingStoreOf, storeOption, withInspector } from './inspect.ts'
import { print, table } from './output.ts'
import { safeJson } from './terminal.ts'

export const imports: Command = {
  name: 'imports',
  summary: 'list the imports of a store, newest first',
  usage: 'spanwise imports [--store FILE] [--json]',
  help: ['--json        one JSON document with the receipt of each'],
  options: { ...storeOption, json: { type: 'boolean' } },
  run: (words): Promise<ExitCode> => {
    if (words.positionals.length > 0) throw usageError('imports takes options only; try spanwise imports --help')
    return withInspector<ExitCode>(existingStoreOf(words), async ({ ask }) => {
      const { imports: rows } = await ask('imports.list', {})
      await print(words.flag('json') ? `${safeJson({ imports: rows })}\n` : drawList(rows))
      return 0
    })
  },
}

function drawList(rows: readonly ImportRow[]): string {
  if (rows.length === 0) return 'The store holds no imports.\n'
  return table(rows, [
    { title: 'IMPORT', read: row => String(row.id), right: true },
    { title: 'STARTED', read: row => formatDateTime(row.startedAt * 1000) },
    { title: 'FILES', read: filesOf, most: 48 },
    { title: 'SPANS', read: row => formatCount(row.spans), right: true },
    {
      title: 'UNREADABLE',
      read: row => (row.unreadable === 0 ? '' : formatCount(row.unreadable)),
      right: true,
      colour: () => 'yellow',
    },
    { title: 'STATE', read: row => row.state, colour: ({ state }) => (state === 'failed' ? 'red' : undefined) },
  ])
}

import { formatPlural } from '../../../shared/format/numbers.ts'
import { type Command, type ExitCode, usageError } from './command.ts'
import { filesOf, findImport } from './find-import.ts'
import { existingStoreOf, storeOption, withInspector } from './inspect.ts'
import { print } from './output.ts'
import { safeJson, safeLine } from './terminal.ts'

export const removeImport: Command = {
  name: 'remove',
  summary: 'take one import out of a store, whole',
  usage: 'spanwise remove <import> [--store FILE] [--json]',
  help: [
    '<import>      its number, as spanwise imports lists it. What another import brought too stays; so do the files',
    '              it was read from, and importing them again brings it back',
    '--json        {"import","files","spans","traces"}: how many spans and traces the store has no more',
  ],
  options: { ...storeOption, json: { type: 'boolean' } },
  run: (words): Promise<ExitCode> => {
    const [written, ...more] = words.positionals
    if (written === undefined || more.length > 0) throw usageError('remove takes the number of one import.')
    if (!/^\d{1,15}$/.test(written))
      throw usageError('remove takes the number of an import; spanwise imports lists them.')
    return withInspector<ExitCode>(existingStoreOf(words), async asker => {
      const row = await findImport(asker, Number(written))
      const before = await asker.ask('store.summary', {})
      await asker.ask('imports.remove', { import: row.id })
      const after = await asker.ask('store.summary', {})
      const gone = { spans: before.spans - after.spans, traces: before.traces - after.traces }
      if (words.flag('json')) await print(`${safeJson({ import: row.id, files: row.files, ...gone })}\n`)
      else {
        const what = `${formatPlural(gone.spans, 'span')} and ${formatPlural(gone.traces, 'trace')} went`
        const rest = gone.spans < row.spans ? '; what other imports brought too stays' : ''
        await print(`Import ${row.id} (${safeLine(filesOf(row))}) is removed: ${what}${rest}.\n`)
      }
      return 0
    })
  },
}

import { formatBytes, formatPlural } from '../../../shared/format/numbers.ts'
import { indexPathOf, removeIndexFile } from '../../store/text-index/schema.ts'
import { type Command, type ExitCode, usageError } from './command.ts'
import { existingStoreOf, storeOption, withInspector } from './inspect.ts'
import { print } from './output.ts'
import { safeJson, safeLine } from './terminal.ts'
import { showIndexing } from './texts.ts'

export const indexTexts: Command = {
  name: 'index',
  summary: 'bring the index of texts up to date and say where it is; questions about texts do so by themselves',
  usage: 'spanwise index [--remove] [--store FILE] [--json]',
  help: [
    '--remove      remove it: it is made again when it is needed',
    '--json        {"path","bytes","state","done","all","blobs"}: state is complete or failed',
  ],
  options: { ...storeOption, remove: { type: 'boolean' }, json: { type: 'boolean' } },
  run: async (words): Promise<ExitCode> => {
    if (words.positionals.length > 0) throw usageError('index takes options only; try spanwise index --help')
    const store = existingStoreOf(words)
    if (words.flag('remove')) {
      removeIndexFile(indexPathOf(store))
      if (!words.flag('json')) await print(`${safeLine(indexPathOf(store))} is gone.\n`)
      else await print(`${safeJson({ path: indexPathOf(store), bytes: 0, state: 'removed' })}\n`)
      return 0
    }
    return withInspector<ExitCode>(store, async asker => {
      await showIndexing(asker, () => asker.ask('index.wait', {}))
      const { path, bytes, state, done, all, blobs, message } = await asker.ask('index.status', {})
      if (words.flag('json')) await print(`${safeJson({ path, bytes, state, done, all, blobs, message })}\n`)
      else {
        const what = state === 'complete' ? formatPlural(all, 'record') : state
        const without = blobs > 0 ? `; ${formatPlural(blobs, 'run')} of base64 or hexadecimal left out` : ''
        await print(
          message ? `${safeLine(message)}\n` : `${safeLine(path)}: ${what}, ${formatBytes(bytes)}${without}\n`,
        )
      }
      return state === 'complete' ? 0 : 1
    })
  },
}

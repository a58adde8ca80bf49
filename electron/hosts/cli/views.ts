import { type Command, type ExitCode, usageError } from './command.ts'
import { existingStoreOf, storeOption, withInspector } from './inspect.ts'
import { print, table } from './output.ts'
import { safeJson } from './terminal.ts'

export const views: Command = {
  name: 'views',
  summary: 'list the saved views of a store: a name, a list and its query',
  usage: 'spanwise views [--store FILE] [--json]',
  help: ['--json        one JSON document with all that is saved of each'],
  options: { ...storeOption, json: { type: 'boolean' } },
  run: (words): Promise<ExitCode> => {
    if (words.positionals.length > 0) throw usageError('views takes options only; try spanwise views --help')
    return withInspector<ExitCode>(existingStoreOf(words), async ({ ask }) => {
      const { views: saved } = await ask('views.list', {})
      if (words.flag('json'))
        await print(`${safeJson({ views: saved.map(({ name, view }) => ({ name, ...view })) })}\n`)
      else if (saved.length === 0) await print('The store holds no saved views.\n')
      else {
        const text = table(saved, [
          { title: 'NAME', read: one => one.name, most: 40 },
          { title: 'LIST', read: one => one.view.list },
          { title: 'QUERY', read: one => one.view.query, most: 100 },
        ])
        await print(text)
      }
      return 0
    })
  },
}

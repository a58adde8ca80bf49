import { formatPlural } from '../../../shared/format/numbers.ts'
import { type Command, type ExitCode, usageError } from './command.ts'
import { existingStoreOf, storeOption, withInspector } from './inspect.ts'
import { print } from './output.ts'
import { everySpan, queryHelp, queryOption, questionOf } from './query.ts'
import { safeJson } from './terminal.ts'
import { prepareAnswer } from './texts.ts'

export const count: Command = {
  name: 'count',
  summary: 'count the traces, spans and calls that match a query',
  usage: 'spanwise count [-q QUERY] [--store FILE] [--json]',
  help: [...queryHelp, '--json        {"traces","spans","calls","exact"}'],
  options: { ...storeOption, ...queryOption, json: { type: 'boolean' } },
  run: (words): Promise<ExitCode> => {
    if (words.positionals.length > 0) throw usageError('count takes options only; the query follows -q.')
    const where = questionOf(words) ?? everySpan
    return withInspector<ExitCode>(existingStoreOf(words), async asker => {
      await prepareAnswer(asker, where)
      const { traces, spans, calls, exact } = await asker.ask('search.count', { where })
      const text = `${formatPlural(spans, 'span')} in ${formatPlural(traces, 'trace')}, ${formatPlural(calls, 'call')}`
      if (words.flag('json')) await print(`${safeJson({ traces, spans, calls, exact })}\n`)
      else await print(`${exact ? '' : 'at least '}${text}\n`)
      return 0
    })
  },
}

import { formatPlural } from '../../../shared/format/numbers.ts'
import { type Command, type ExitCode, usageError, type Words } from './command.ts'
import { existingStoreOf, storeOption, withInspector } from './inspect.ts'
import { print } from './output.ts'
import { everySpan, queryHelp, queryOption, questionOf } from './query.ts'
import { safeJson, safeLine } from './terminal.ts'
import { prepareAnswer } from './texts.ts'

const options = {
  ...storeOption,
  ...queryOption,
  spans: { type: 'boolean' },
  remove: { type: 'boolean' },
  json: { type: 'boolean' },
} as const

const help = [
  '--spans       the spans that match, rather than the traces that hold one',
  '--remove      take it off',
  '--json        {"traces"} or {"spans"}: on how many something changed',
  ...queryHelp,
]

export const tag: Command = {
  name: 'tag',
  summary: 'put a tag on all traces or spans that match a query, or take it off; tag:… asks for it',
  usage: 'spanwise tag <tag> -q QUERY [--spans] [--remove] [--store FILE] [--json]',
  help,
  options,
  run: words => {
    const [word, ...more] = words.positionals
    if (word === undefined || more.length > 0) throw usageError('tag takes one tag; quote it where it has spaces.')
    if (word.trim() === '' || word.length > 200) throw usageError('a tag has 1 to 200 characters.')
    return put(words, word.trim(), `the tag ${safeLine(word.trim())}`)
  },
}

export const star: Command = {
  name: 'star',
  summary: 'put a star on all traces or spans that match a query, or take it off; is:starred asks for it',
  usage: 'spanwise star -q QUERY [--spans] [--remove] [--store FILE] [--json]',
  help,
  options,
  run: words => {
    if (words.positionals.length > 0) throw usageError('star takes options only; -q says which.')
    return put(words, '', 'the star')
  },
}

function put(words: Words, word: string, what: string): Promise<ExitCode> {
  if (words.text('query') === undefined) throw usageError('-q says which; -q "" means all.')
  const list = words.flag('spans') ? 'spans' : 'traces'
  const on = !words.flag('remove')
  return withInspector<ExitCode>(existingStoreOf(words), async asker => {
    const where = questionOf(words) ?? everySpan
    await prepareAnswer(asker, where)
    const { rows } = await asker.ask('notes.setMatching', { list, where, except: [], word, on })
    const text = `${formatPlural(rows, list.slice(0, -1))} ${on ? 'got' : 'lost'} ${what}.`
    await print(words.flag('json') ? `${safeJson({ [list]: rows })}\n` : `${text}\n`)
    return 0
  })
}

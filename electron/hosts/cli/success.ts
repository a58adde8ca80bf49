import type { Question } from '../../../shared/contract/search.ts'
import { successName, successQueries } from '../../../shared/query/success.ts'
import { InspectorError } from '../../../shared/domain/errors.ts'
import { type Command, type ExitCode, usageError, type Words } from './command.ts'
import { type Asker, existingStoreOf, storeOption, withInspector } from './inspect.ts'
import { print, table } from './output.ts'
import { questionHere } from './query.ts'
import { safeJson, safeLine } from './terminal.ts'

export const success: Command = {
  name: 'success',
  summary: 'say what counts as a success of a trace, for costs --success and the month report',
  usage: 'spanwise success [NAME QUERY | --remove NAME] [--feature FEATURE] [--store FILE] [--json]',
  help: [
    'NAME QUERY     a trace is a success by this name where a span of it matches: solved score.solved:true',
    '               The definition that had the name is replaced',
    '--feature F    of traces of this feature only; costs are shared among these. Two features may use one name',
    '--remove NAME  forgets it',
    '--json         one JSON document: all definitions there are then',
  ],
  options: {
    ...storeOption,
    feature: { type: 'string' },
    remove: { type: 'string' },
    json: { type: 'boolean' },
  },
  run: words => {
    const [name, query, ...more] = words.positionals
    const [feature, removed] = [words.text('feature'), words.text('remove')]
    const isMeant = removed === undefined ? (name === undefined) === (query === undefined) : name === undefined
    if (more.length > 0 || !isMeant) throw usageError('success takes a name and a query, or --remove and a name.')
    if (feature === '') throw usageError('--feature takes the name of a feature.')
    return withInspector<ExitCode>(existingStoreOf(words), async asker => {
      const of = feature === undefined ? {} : { feature }
      if (removed !== undefined) await remove(asker, { name: removed, ...of })
      else if (name !== undefined && query !== undefined) {
        await asker.ask('success.save', { success: { name, query, ...of } })
      }
      const { successes } = await asker.ask('success.list', {})
      const all = successes.map(one => one.success)
      if (words.flag('json')) await print(`${safeJson({ successes: all })}\n`)
      else if (all.length === 0) await print('The store has no definition of success.\n')
      else {
        const text = table(all, [
          { title: 'NAME', read: one => one.name, most: 40 },
          { title: 'FEATURE', read: one => one.feature ?? 'all', most: 40 },
          { title: 'QUERY', read: one => one.query, most: 100 },
        ])
        await print(text)
      }
      return 0
    })
  },
}

async function remove({ ask }: Asker, wanted: { readonly name: string; readonly feature?: string }): Promise<void> {
  const { successes } = await ask('success.list', {})
  const called = successName(wanted).toLowerCase()
  const found = successes.find(one => successName(one.success).toLowerCase() === called)
  if (!found) throw new InspectorError('success/gone', `There is no definition called ${safeLine(called)}.`)
  await ask('success.remove', { id: found.id })
}

/** What `--success` asks, by a definition of the store or by a query. */
export async function successOf(
  { ask }: Asker,
  words: Words,
): Promise<{ readonly success?: Question; readonly successAmong?: Question }> {
  const written = words.text('success')
  if (written === undefined) return {}
  if (written.trim() === '') throw usageError('--success takes the name of a definition, or a query.')
  const defined = (await ask('success.list', {})).successes.map(one => one.success)
  const found = successQueries(defined, written)
  if (!found) {
    const names = [...new Set(defined.map(one => one.name))].slice(0, 10).map(safeLine).join(', ')
    const known = names === '' ? 'The store has none' : `There is ${names}`
    throw usageError(
      `No definition of success is called ${safeLine(written)}. ${known}. The word itself is asked for in quotes: '"${safeLine(written)}"'`,
    )
  }
  const { query, among } = found
  return { success: questionHere(query), ...(among === undefined ? {} : { successAmong: questionHere(among) }) }
}

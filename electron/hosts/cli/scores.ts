import { InspectorError } from '../../../shared/domain/errors.ts'
import type { ScoreReceipt } from '../../../shared/domain/score-receipt.ts'
import { formatCount, formatPlural } from '../../../shared/format/numbers.ts'
import { formatDateTime } from '../../../shared/format/times.ts'
import { type Command, type ExitCode, usageError, type Words } from './command.ts'
import { runScores } from './import-run.ts'
import { existingStoreOf, storeOption, withImporter, withInspector } from './inspect.ts'
import { complain, print, table } from './output.ts'
import { safeJson, safeLine } from './terminal.ts'

export const scores: Command = {
  name: 'scores',
  summary: 'bring thumbs, edits and other judgements from elsewhere; list and remove them',
  usage: [
    'spanwise scores import <file> [--name NAME] [--store FILE] [--json]',
    '       spanwise scores list [--store FILE] [--json]',
    '       spanwise scores remove <number> [--store FILE] [--json]',
  ].join('\n'),
  help: [
    '<file>        CSV with a heading, or one JSON object a line; - reads standard input. Each row has one of trace_id,',
    '              span_id, session_id, request_id (the id the provider gave its answer), then name, value, comment,',
    '              source. A value is a number, a word, or a yes or no (true, up, 👍 … are 1)',
    '--name NAME   the name of rows that have none',
    '--json        the receipt; the files; or {"id","scores"}: how many went',
    '',
    'score.<name> of the query language asks for them. Importing a file again adds nothing.',
    '',
    'Exit code 0: every row found what it speaks of. 2: some did not, or could not be read; the receipt says which.',
    '1: nothing could be done.',
  ],
  options: { ...storeOption, json: { type: 'boolean' }, name: { type: 'string' } },
  run: words => {
    const [what, ...rest] = words.positionals
    if (what === 'import') return importFile(words, rest)
    if (words.text('name') !== undefined) throw usageError('--name belongs to scores import.')
    if (what === 'list' && rest.length === 0) return list(words)
    if (what === 'remove') return remove(words, rest)
    throw usageError('scores takes import, list or remove; try spanwise scores --help')
  },
}

function importFile(words: Words, [file, ...more]: readonly string[]): Promise<ExitCode> {
  if (file === undefined || file === '' || more.length > 0) throw usageError('scores import takes one file, or -.')
  const name = words.text('name')
  if (name?.trim() === '' || (name?.length ?? 0) > 200)
    throw usageError('--name takes a name of at most 200 characters.')
  return withImporter<ExitCode>(existingStoreOf(words), async asker => {
    const { receipt, error } = await runScores(asker, file, name)
    if (!receipt && process.exitCode === 130) return 130
    if (!receipt)
      throw new InspectorError(error?.code ?? 'scores/failed', error?.message ?? 'The scores could not be read.')
    await print(words.flag('json') ? `${safeJson(receipt)}\n` : drawReceipt(receipt))
    if (receipt.failure) complain(receipt.failure.message)
    const taken = receipt.added + receipt.known
    if (process.exitCode === 130) return 130
    if (taken === 0 && receipt.rows > 0) return (complain('no row could be taken.'), 1)
    return receipt.notFound.count + receipt.unreadable.count > 0 || receipt.failure ? 2 : 0
  })
}

function drawReceipt({ file, rows, added, known, notFound, unreadable, cut, scores: names }: ScoreReceipt): string {
  const lines = [
    `${safeLine(file)}: ${formatPlural(rows, 'row')}, ${formatPlural(added, 'score')} added` +
      (known > 0 ? `, ${formatCount(known)} known before` : ''),
    ...names.slice(0, 10).map(({ name, count }) => `  ${safeLine(name)}  ${formatCount(count)}`),
    ...(names.length > 10 ? [`  and ${names.length - 10} more names`] : []),
    ...(cut > 0 ? [`${formatPlural(cut, 'text')} longer than what is kept were cut.`] : []),
    ...drawPlaces('found nothing in the store', notFound),
    ...drawPlaces('could not be read', unreadable),
  ]
  return lines.map(line => `${line}\n`).join('')
}

const mostDrawn = 10

function drawPlaces(what: string, { count, places }: ScoreReceipt['notFound']): string[] {
  if (count === 0) return []
  const drawn = places
    .slice(0, mostDrawn)
    .map(({ line, message }) => `  line ${formatCount(line)}: ${safeLine(message)}`)
  const more = count - drawn.length
  return [`${formatPlural(count, 'row')} ${what}:`, ...drawn, ...(more > 0 ? [`  and ${formatCount(more)} more`] : [])]
}

function list(words: Words): Promise<ExitCode> {
  return withInspector<ExitCode>(existingStoreOf(words), async ({ ask }) => {
    const { files } = await ask('scores.list', {})
    if (words.flag('json')) await print(`${safeJson({ files })}\n`)
    else if (files.length === 0) await print('The store holds no scores from elsewhere.\n')
    else {
      const text = table(files, [
        { title: 'FILE', read: file => String(file.id), right: true },
        { title: 'STARTED', read: file => formatDateTime(file.startedAt * 1000) },
        { title: 'NAME', read: file => file.receipt.file, most: 48 },
        { title: 'SCORES', read: ({ receipt }) => formatCount(receipt.added + receipt.known), right: true },
        { title: 'NOT FOUND', read: ({ receipt }) => formatCount(receipt.notFound.count), right: true },
      ])
      await print(text)
    }
    return 0
  })
}

function remove(words: Words, [id, ...more]: readonly string[]): Promise<ExitCode> {
  if (id === undefined || !/^\d{1,15}$/.test(id) || more.length > 0) {
    throw usageError('scores remove takes the number of a file; spanwise scores list has them.')
  }
  return withInspector<ExitCode>(existingStoreOf(words), async ({ ask }) => {
    const { scores: gone } = await ask('scores.remove', { id: Number(id) })
    const text = `${formatPlural(gone, 'score')} went; those that another file gave too stay.`
    await print(words.flag('json') ? `${safeJson({ id: Number(id), scores: gone })}\n` : `${text}\n`)
    return 0
  })
}

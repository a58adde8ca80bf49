import path from 'node:path'
import { formatBytes, formatMoney, formatPlural } from '../../../shared/format/numbers.ts'
import { gatherReport } from '../../../shared/report/gather.ts'
import { isMonth, monthAt, nameOfMonth } from '../../../shared/report/month.ts'
import { printCsv } from '../../../shared/report/print-csv.ts'
import { printHtml } from '../../../shared/report/print-html.ts'
import { type Command, type ExitCode, usageError, type Words } from './command.ts'
import { existingStoreOf, storeOption, withInspector } from './inspect.ts'
import { print } from './output.ts'
import { zoneHere } from './query.ts'
import { safeLine } from './terminal.ts'
import { writeWhole } from './whole-file.ts'

export const report: Command = {
  name: 'report',
  summary: 'write what a month of calls cost to a page or a table for others',
  usage: 'spanwise report costs [--month YYYY-MM] [--out FILE] [--zone ZONE] [--with-prompts] [--store FILE]',
  help: [
    '--month M       the month (this one)',
    '--out FILE      .html: one page without script, for a browser and for paper; .csv: all rows as a table;',
    '                - writes the page to standard output (costs-YYYY-MM.html)',
    '--zone ZONE     whose clock begins the days and the month, e.g. Europe/Berlin (that of this machine)',
    '--with-prompts  quotes a text of each of the dearest prompts; without it the page holds no text of any',
    'By team, feature, model and prompt: cost, its change against the month before, tokens, latency, errors and scores;',
    'cost per success (spanwise success), calls without a price and why, and what the month does not say.',
  ],
  options: {
    ...storeOption,
    month: { type: 'string' },
    out: { type: 'string' },
    zone: { type: 'string' },
    'with-prompts': { type: 'boolean' },
  },
  run: words => {
    const [what, ...more] = words.positionals
    if (what !== 'costs' || more.length > 0) throw usageError('report takes the word costs; try spanwise report --help')
    const zone = zoneOf(words)
    const month = words.text('month') ?? monthAt(Date.now(), zone)
    if (!isMonth(month)) throw usageError('--month takes a year and a month, as 2026-11.')
    const output = words.text('out') ?? `costs-${month}.html`
    if (output === '') throw usageError('--out takes the name of a file.')
    const isTable = /\.csv(?:\.gz|\.zst)?$/i.test(output)
    if (!isTable && output !== '-' && !/\.html?(?:\.gz|\.zst)?$/i.test(output)) {
      throw usageError('--out takes a name that ends in .html or .csv.')
    }
    return withInspector<ExitCode>(existingStoreOf(words), async ({ ask }) => {
      const wish = { month, zone, now: Date.now(), withPrompts: words.flag('with-prompts') }
      const made = await gatherReport(ask, wish, showProgress)
      const text = isTable ? printCsv(made) : printHtml(made)
      if (output === '-') await print(text)
      else {
        await writeWhole(path.resolve(output), [text], 'report/not-written')
        const { calls, cost } = made.total.now
        const sum = `${nameOfMonth(month)}: ${formatPlural(calls, 'call')}, ${formatMoney(cost)}`
        await print(`${safeLine(output)}: ${sum}; ${formatBytes(Buffer.byteLength(text))}\n`)
      }
      return 0
    })
  },
}

function zoneOf(words: Words): string {
  const zone = words.text('zone') ?? zoneHere()
  try {
    Intl.DateTimeFormat('en', { timeZone: zone })
    return zone
  } catch {
    throw usageError(`There is no time zone ${zone}.`)
  }
}

function showProgress(done: number, all: number): void {
  if (!process.stderr.isTTY) return
  process.stderr.write(done < all ? `\r\u001b[Kadding up: ${Math.floor((100 * done) / all)}%` : '\r\u001b[K')
}

import { existsSync, readFileSync } from 'node:fs'
import type { Output } from '../../../shared/contract/index.ts'
import type { Repricing } from '../../../shared/contract/prices.ts'
import { InspectorError } from '../../../shared/domain/errors.ts'
import { formatCount, formatDigits, formatDollars, formatPlural } from '../../../shared/format/numbers.ts'
import { hintWords, unknownWords } from '../../../shared/money/cost-words.ts'
import { importPriceList } from '../../prices/own-files.ts'
import { dataFolder } from '../data-folder.ts'
import { type Command, type ExitCode, usageError } from './command.ts'
import { dryRunHelp, dryRunOptions, dryRunUsage, readDryRun } from './dry-run.ts'
import { existingStoreOf, storeOption, withInspector } from './inspect.ts'
import { paint, print, table } from './output.ts'
import { safeJson, safeLine } from './terminal.ts'

type Status = Output<'prices.status'>
type Model = Output<'prices.models'>['models'][number]

export const prices: Command = {
  name: 'prices',
  summary: 'say by which prices costs are computed, and what each model of a store is priced as',
  usage: 'spanwise prices [--import FILE] [--store FILE] [--json]',
  help: [
    '--import FILE  a newer price list: data.json of genai-prices, or a list as Spanwise keeps it. Costs change by',
    '               spanwise reprice only',
    '--json         one JSON document',
    'Own prices stand in prices.json beside the settings, and win over any list:',
    '  {"rules": [{"id": "mine", "match": {"equals": "my-model"}, "prices": {"input_mtok": 1.5, "output_mtok": 6}}]}',
    '  also: provider, starts_with, ends_with, contains, regex, currency, valid_from, note; "local": true costs nothing',
  ],
  options: { ...storeOption, import: { type: 'string' }, json: { type: 'boolean' } },
  run: async (words): Promise<ExitCode> => {
    if (words.positionals.length > 0) throw usageError('prices takes options only; try spanwise prices --help')
    const file = words.text('import')
    if (file !== undefined) {
      const said = importList(file)
      if (words.text('store') === undefined) return (await print(`${said}\n`), 0)
    }
    return withInspector<ExitCode>(existingStoreOf(words), async ({ ask }) => {
      const [status, { models }] = [await ask('prices.status', {}), await ask('prices.models', {})]
      await print(words.flag('json') ? `${safeJson({ ...status, models })}\n` : drawPrices(status, models))
      return 0
    })
  },
}

/** Puts a list where every host finds it. */
function importList(file: string): string {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    throw new InspectorError('prices/unreadable', `${file} cannot be read.`)
  }
  const { models } = importPriceList(dataFolder(), text)
  return `${formatPlural(models, 'price')} imported. spanwise reprice --dry-run says what they change.`
}

function drawPrices({ used, current, differs, rulesFile, wrong }: Status, models: readonly Model[]): string {
  const nameOf = ({ source, version, date, rules }: Status['used']) =>
    safeLine(`${source} ${version} of ${date}${rules > 0 ? `, under ${formatPlural(rules, 'own rule')}` : ''}`)
  const lines = [
    `Costs are computed by ${nameOf(used)}.`,
    ...(differs
      ? [`Other prices are there: ${nameOf(current)}. spanwise reprice --dry-run says what they change.`]
      : []),
    ...(rulesFile === undefined
      ? []
      : [`Own rules: ${safeLine(rulesFile)}${existsSync(rulesFile) ? '' : ' (none yet: the file is not there)'}`]),
    ...wrong.map(one => paint('yellow', safeLine(one))),
  ]
  const list = table(models, [
    { title: 'PROVIDER', read: one => one.provider || '-', most: 24 },
    { title: 'MODEL', read: one => one.model || '-', most: 44 },
    { title: 'CALLS', read: one => formatCount(one.calls), right: true },
    { title: 'UNPRICED', read: one => formatCount(one.unpriced), right: true },
    { title: 'COMPUTED', read: one => (one.computed === undefined ? '—' : formatDollars(one.computed)), right: true },
    { title: 'PRICED AS', read: one => one.price ?? '-', most: 44 },
    { title: 'NOTE', read: noteOf, most: 90 },
  ])
  const aside = models.reduce((sum, one) => sum + one.aside, 0)
  const note =
    aside === 0
      ? ''
      : paint('dim', `Among these ${formatPlural(aside, 'no call', 'no calls')} of cost tables: embeddings, agents.\n`)
  return `${lines.join('\n')}\n${models.length === 0 ? '' : `\n${list}${note}`}`
}

function noteOf({ why, hints }: Model): string {
  return [...(why === undefined ? [] : [unknownWords(why)]), ...hints.map(hintWords)].join('; ')
}

export const reprice: Command = {
  name: 'reprice',
  summary: 'compute all costs of a store by the prices of now, or go back to those before',
  usage: `spanwise reprice ${dryRunUsage}`,
  help: dryRunHelp('goes back to the prices before'),
  options: dryRunOptions,
  run: (words): Promise<ExitCode> => {
    const { dryRun, undo } = readDryRun(words, 'reprice')
    return withInspector<ExitCode>(existingStoreOf(words), async ({ ask }) => {
      if (undo) {
        const { canUndo } = await ask('prices.status', {})
        if (canUndo) await ask('prices.undo', {})
        const text = canUndo ? 'Back to the prices before.' : 'There are no prices before these.'
        await print(words.flag('json') ? `${safeJson({ undone: canUndo })}\n` : `${text}\n`)
        return 0
      }
      const { wrong } = await ask('prices.status', {})
      const result = await ask('prices.preview', {})
      if (!dryRun) await ask('prices.apply', {})
      const text = `${wrong.map(one => `${paint('yellow', safeLine(one))}\n`).join('')}${drawRepricing(result, dryRun)}`
      await print(words.flag('json') ? `${safeJson({ dryRun, wrong, ...result })}\n` : text)
      return 0
    })
  },
}

function drawRepricing(result: Repricing, dryRun: boolean): string {
  const { calls, changed, before, after, unpricedBefore, unpricedAfter, models } = result
  const verb = dryRun ? 'would change' : 'changed'
  const head =
    `${formatCount(changed)} of ${formatPlural(calls, 'call')} ${verb}: ` +
    `${formatDigits(before, unpricedBefore, calls)} before, ${formatDigits(after, unpricedAfter, calls)} after; ` +
    `${formatCount(unpricedBefore)} unpriced before, ${formatCount(unpricedAfter)} after.\n`
  if (models.length === 0) return head
  const list = table(models, [
    { title: 'PROVIDER', read: one => one.provider || '-', most: 24 },
    { title: 'MODEL', read: one => one.model || '-', most: 44 },
    { title: 'CALLS', read: one => formatCount(one.changed), right: true },
    { title: 'BEFORE', read: one => formatDigits(one.before, one.unpricedBefore, one.calls), right: true },
    { title: 'AFTER', read: one => formatDigits(one.after, one.unpricedAfter, one.calls), right: true },
    { title: 'UNPRICED', read: one => formatCount(one.unpricedAfter), right: true },
  ])
  const undo = dryRun ? '' : paint('dim', 'spanwise reprice --undo goes back.\n')
  return `${head}\n${list}${undo}`
}

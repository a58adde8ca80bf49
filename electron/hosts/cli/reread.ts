import type { RereadingResult } from '../../../shared/contract/rereading.ts'
import { formatCount, formatPlural } from '../../../shared/format/numbers.ts'
import { type Command, type ExitCode, usageError } from './command.ts'
import { existingStoreOf, storeOption, withInspector } from './inspect.ts'
import { paint, print, table } from './output.ts'
import { safeJson } from './terminal.ts'

export const rereadStore: Command = {
  name: 'reread',
  summary: 'read what a store keeps again, by the rules of this build',
  usage: 'spanwise reread [--dry-run | --undo] [--store FILE] [--json]',
  help: [
    '--dry-run     says what would change, and changes nothing',
    '--undo        puts back what the last reading again changed',
    '--json        one JSON document',
  ],
  options: {
    ...storeOption,
    'dry-run': { type: 'boolean' },
    undo: { type: 'boolean' },
    json: { type: 'boolean' },
  },
  run: (words): Promise<ExitCode> => {
    if (words.positionals.length > 0) throw usageError('reread takes options only; try spanwise reread --help')
    const dryRun = words.flag('dry-run')
    if (dryRun && words.flag('undo')) throw usageError('--dry-run and --undo do not go together.')
    return withInspector<ExitCode>(existingStoreOf(words), async ({ ask }) => {
      if (words.flag('undo')) {
        const { spans } = await ask('rereading.undo', {})
        await print(words.flag('json') ? `${safeJson({ spans })}\n` : `${formatPlural(spans, 'span')} put back.\n`)
        return 0
      }
      const result = await ask('rereading.run', { dryRun })
      await print(words.flag('json') ? `${safeJson({ dryRun, ...result })}\n` : drawResult(result, dryRun))
      return 0
    })
  },
}

function drawResult({ looked, changed, changes }: RereadingResult, dryRun: boolean): string {
  const head = `${formatPlural(looked, 'span')} read again; ${formatCount(changed)} ${dryRun ? 'would change' : 'changed'}.\n`
  if (changed === 0) return head
  const rows = changes.map(({ field, spans, examples }) => ({ field, spans, example: examples[0] }))
  const list = table(rows, [
    { title: 'FIELD', read: row => row.field },
    { title: 'SPANS', read: row => formatCount(row.spans), right: true },
    { title: 'FOR EXAMPLE', read: row => row.example?.name ?? '', most: 30 },
    { title: 'BEFORE', read: row => row.example?.before ?? '-', most: 30 },
    { title: 'AFTER', read: row => row.example?.after ?? '-', most: 30 },
  ])
  const undo = dryRun ? '' : paint('dim', 'spanwise reread --undo puts it back, until the next import or removal.\n')
  return `${head}\n${list}${undo}`
}

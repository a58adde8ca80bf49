import type { RereadingResult } from '../../../shared/contract/rereading.ts'
import { formatCount, formatPlural } from '../../../shared/format/numbers.ts'
import type { Command, ExitCode } from './command.ts'
import { dryRunHelp, dryRunOptions, dryRunUsage, readDryRun } from './dry-run.ts'
import { existingStoreOf, withInspector } from './inspect.ts'
import { paint, print, table } from './output.ts'
import { safeJson } from './terminal.ts'

export const rereadStore: Command = {
  name: 'reread',
  summary: 'read what a store keeps again, by the rules of this build',
  usage: `spanwise reread ${dryRunUsage}`,
  help: dryRunHelp('puts back what the last reading again changed'),
  options: dryRunOptions,
  run: (words): Promise<ExitCode> => {
    const { dryRun, undo } = readDryRun(words, 'reread')
    return withInspector<ExitCode>(existingStoreOf(words), async ({ ask }) => {
      if (undo) {
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

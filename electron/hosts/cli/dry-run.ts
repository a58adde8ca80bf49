// Commands that change a whole store: they can say first what they would change, and take back what they changed last.

import { type Words, usageError } from './command.ts'
import { storeOption } from './inspect.ts'

export const dryRunUsage = '[--dry-run | --undo] [--store FILE] [--json]'

export const dryRunOptions = {
  ...storeOption,
  'dry-run': { type: 'boolean' },
  undo: { type: 'boolean' },
  json: { type: 'boolean' },
} as const

/** Lines of help; `undo`: what `--undo` does. */
export function dryRunHelp(undo: string): string[] {
  return [
    '--dry-run     says what would change, and changes nothing',
    `--undo        ${undo}`,
    '--json        one JSON document',
  ]
}

/** What of it is asked. Throws where both are, or anything else. */
export function readDryRun(words: Words, command: string): { readonly dryRun: boolean; readonly undo: boolean } {
  if (words.positionals.length > 0) throw usageError(`${command} takes options only; try spanwise ${command} --help`)
  const [dryRun, undo] = [words.flag('dry-run'), words.flag('undo')]
  if (dryRun && undo) throw usageError('--dry-run and --undo do not go together.')
  return { dryRun, undo }
}

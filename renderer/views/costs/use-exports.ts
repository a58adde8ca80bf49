import { formatPlural } from '../../../shared/format/numbers.ts'
import { announce } from '../../app/announce.ts'
import { useClient, useCommands } from '../../app/view.ts'
import { saveFile } from '../../components/export/save-file.ts'
import { copyText } from '../../components/messages/copy-text.ts'
import { costCommands } from './commands.ts'
import type { TableAddress } from './model/address.ts'
import { toCsv, toJson, toMarkdown, type Exported } from './model/export-table.ts'
import type { Wanted } from './model/use-table.ts'

/** Rows that a file may have. */
const most = 100_000

export interface TableExports {
  readonly saveCsv: () => void
  readonly saveJson: () => void
  readonly copyMarkdown: () => void
}

/** The whole table as a file or on the clipboard, however much of it is open. */
export function useExports({ by, per }: TableAddress, wanted: Wanted | undefined): TableExports {
  const client = useClient()
  const whole = async (): Promise<Exported | undefined> => {
    if (!wanted) return undefined
    const answer = await client.ask('costs.table', { ...patient(wanted), by, ...(per ? { per } : {}), limit: most })
    return { fields: per ? [...by, per] : [...by], show: wanted.measures, answer }
  }
  const save = async (type: 'csv' | 'json') => {
    const exported = await whole()
    if (!exported) return
    const text = type === 'csv' ? toCsv(exported) : toJson(exported)
    saveFile(new Blob([text], { type: type === 'csv' ? 'text/csv' : 'application/json' }), `costs.${type}`)
    announce(`Saved ${formatPlural(exported.answer.keys.length, 'row')}`)
  }
  const copy = async () => {
    const exported = await whole()
    if (!exported) return
    await copyText(toMarkdown(exported))
    announce(`Copied ${formatPlural(exported.answer.keys.length, 'row')} as Markdown`)
  }
  const failed = (caught: unknown) => announce(caught instanceof Error ? caught.message : 'That did not work.')
  const exports = {
    saveCsv: () => void save('csv').catch(failed),
    saveJson: () => void save('json').catch(failed),
    copyMarkdown: () => void copy().catch(failed),
  }
  useCommands([
    { ...costCommands.exportCsv, run: exports.saveCsv },
    { ...costCommands.exportJson, run: exports.saveJson },
    { ...costCommands.copyMarkdown, run: exports.copyMarkdown },
  ])
  return exports
}

/** The same questions, for which all is waited: a file must not hold figures so far. */
function patient(wanted: Wanted): Wanted {
  const made = { ...wanted }
  for (const name of ['where', 'compare', 'success', 'successAmong'] as const) {
    const { patience: _, ...asked } = made[name] ?? {}
    if (made[name]) Object.assign(made, { [name]: asked })
  }
  return made
}

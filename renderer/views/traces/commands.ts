import type { CommandInfo } from '../../app/view.ts'
import { valueCommandInfos } from '../../components/value/use-value-keys.ts'

const group = 'List'

export const listCommands = {
  next: { id: 'row.next', title: 'Next row', keys: ['Down', 'j'], group, sheetOnly: true },
  previous: { id: 'row.previous', title: 'Previous row', keys: ['Up', 'k'], group, sheetOnly: true },
  nextPage: { id: 'row.nextPage', title: 'Page down', keys: ['PageDown'], group, sheetOnly: true },
  previousPage: { id: 'row.previousPage', title: 'Page up', keys: ['PageUp'], group, sheetOnly: true },
  first: { id: 'row.first', title: 'First row', keys: ['Home'], group, sheetOnly: true },
  last: { id: 'row.last', title: 'Last row', keys: ['End'], group, sheetOnly: true },
  open: { id: 'row.open', title: 'Open; on a column name, sort by it', keys: ['Enter'], group, sheetOnly: true },
  copy: { id: 'row.copy', title: 'Copy the row', keys: ['Mod+C'], group, sheetOnly: true },
  left: {
    id: 'row.previousColumn',
    title: 'Column before (Up from the first row)',
    keys: ['Left', 'h'],
    group,
    sheetOnly: true,
  },
  right: { id: 'row.nextColumn', title: 'Next column', keys: ['Right', 'l'], group, sheetOnly: true },
} satisfies Record<string, CommandInfo>

export const listCommandInfos: readonly CommandInfo[] = [...Object.values(listCommands), ...valueCommandInfos]

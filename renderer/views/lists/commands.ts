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
  peek: { id: 'row.peek', title: 'Peek: what went in and out, on a card', keys: ['Space'], group, sheetOnly: true },
  left: { id: 'row.previousColumn', title: 'Cell before', keys: ['Left', 'h'], group, sheetOnly: true },
  right: { id: 'row.nextColumn', title: 'Next cell', keys: ['Right', 'l'], group, sheetOnly: true },
  copy: { id: 'row.copy', title: 'Copy the cell, the row or the selected rows', keys: ['Mod+C'], group },
  toggleSelect: { id: 'row.toggleSelect', title: 'Select the row, or not', keys: ['x'], group },
  extendDown: { id: 'row.extendDown', title: 'Select downwards', keys: ['Shift+Down'], group, sheetOnly: true },
  extendUp: { id: 'row.extendUp', title: 'Select upwards', keys: ['Shift+Up'], group, sheetOnly: true },
  selectAll: { id: 'row.selectAll', title: 'Select all that match', keys: ['Mod+A'], group },
  star: { id: 'row.star', title: 'Star the row or the selected rows, or not', keys: ['b', 's'], group },
  tag: { id: 'row.tag', title: 'Tag the row or the selected rows…', keys: ['t'], group },
  compare: {
    id: 'compare.selected',
    title: 'Compare the two selected rows; else mark the row, then another',
    keys: ['c'],
    group,
  },
} satisfies Record<string, CommandInfo>

/** On a column name: Up from the first row. */
export const headerCommands = {
  moveLeft: { id: 'column.moveLeft', title: 'Move the column left', keys: ['Shift+Left'], group: 'Columns' },
  moveRight: { id: 'column.moveRight', title: 'Move the column right', keys: ['Shift+Right'], group: 'Columns' },
  wider: { id: 'column.wider', title: 'Make the column wider', keys: ['+', '='], group: 'Columns' },
  narrower: { id: 'column.narrower', title: 'Make the column narrower', keys: ['-'], group: 'Columns' },
  pin: { id: 'column.pin', title: 'Keep the column on the left, or not', keys: ['p'], group: 'Columns' },
  hide: { id: 'column.hide', title: 'Take the column out', keys: ['Delete'], group: 'Columns' },
} satisfies Record<string, CommandInfo>

export const viewCommands = {
  facets: { id: 'list.facets', title: 'Show or hide the facets', group },
  histogram: { id: 'list.histogram', title: 'Show or hide the time histogram', group },
  columns: { id: 'list.columns', title: 'Choose columns', group },
  export: { id: 'list.export', title: 'Export what is selected or shown…', group: 'Export' },
  save: { id: 'query.save', title: 'Save this view…', keys: ['Mod+S'], group: 'Query' },
} satisfies Record<string, CommandInfo>

export const listCommandInfos: readonly CommandInfo[] = [
  ...Object.values(listCommands),
  ...valueCommandInfos,
  ...Object.values(headerCommands).map(command => ({ ...command, sheetOnly: true })),
  ...Object.values(viewCommands),
]

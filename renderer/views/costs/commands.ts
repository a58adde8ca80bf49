import type { CommandInfo } from '../../app/view.ts'

const group = 'Costs'

export const costCommands = {
  next: { id: 'costs.next', title: 'Row below', keys: ['Down', 'j'], group, sheetOnly: true },
  previous: { id: 'costs.previous', title: 'Row above', keys: ['Up', 'k'], group, sheetOnly: true },
  nextPage: { id: 'costs.nextPage', title: 'Page down', keys: ['PageDown'], group, sheetOnly: true },
  previousPage: { id: 'costs.previousPage', title: 'Page up', keys: ['PageUp'], group, sheetOnly: true },
  first: { id: 'costs.first', title: 'To the top row', keys: ['Home'], group, sheetOnly: true },
  last: { id: 'costs.last', title: 'To the bottom row', keys: ['End'], group, sheetOnly: true },
  right: { id: 'costs.right', title: 'Open a group; next cell', keys: ['Right', 'l'], group, sheetOnly: true },
  left: { id: 'costs.left', title: 'Close a group; cell before', keys: ['Left', 'h'], group, sheetOnly: true },
  open: {
    id: 'costs.open',
    title: 'Show the calls behind the cell; on a column name, sort by it',
    keys: ['Enter'],
    group,
    sheetOnly: true,
  },
  sort: { id: 'costs.sort', title: 'Sort by the column of the cell', keys: ['s'], group },
  addPrice: { id: 'costs.addPrice', title: 'Add a price for the model of the row…', keys: ['a'], group },
  expandAll: { id: 'costs.expandAll', title: 'Open all groups', keys: ['*'], group },
  collapseAll: { id: 'costs.collapseAll', title: 'Close all groups', keys: ['-'], group },
  columns: { id: 'costs.columns', title: 'Choose columns', group },
  exportCsv: { id: 'costs.exportCsv', title: 'Save the table as CSV', group },
  exportJson: { id: 'costs.exportJson', title: 'Save the table as JSON', group },
  month: { id: 'costs.month', title: 'Write a month as a report', group },
  copyMarkdown: { id: 'costs.copyMarkdown', title: 'Copy the table as Markdown', group },
} satisfies Record<string, CommandInfo>

/** On a column name: Up from the first row. */
export const costHeaderCommands = {
  moveLeft: { id: 'costs.moveLeft', title: 'Move the column left', keys: ['Shift+Left'], group },
  moveRight: { id: 'costs.moveRight', title: 'Move the column right', keys: ['Shift+Right'], group },
  wider: { id: 'costs.wider', title: 'Make the column wider', keys: ['+', '='], group },
  narrower: { id: 'costs.narrower', title: 'Make the column narrower', keys: ['<'], group },
  pin: { id: 'costs.pin', title: 'Keep the column on the left, or not', keys: ['p'], group },
  hide: { id: 'costs.hide', title: 'Take the column out', keys: ['Delete'], group },
} satisfies Record<string, CommandInfo>

export const costCommandInfos: readonly CommandInfo[] = [
  ...Object.values(costCommands),
  ...Object.values(costHeaderCommands).map(command => ({ ...command, sheetOnly: true })),
]

import type { CommandInfo } from '../../app/view.ts'

const group = 'Costs'

export const costCommands = {
  next: { id: 'costs.next', title: 'Row below', keys: ['Down', 'j'], group, sheetOnly: true },
  previous: { id: 'costs.previous', title: 'Row above', keys: ['Up', 'k'], group, sheetOnly: true },
  first: { id: 'costs.first', title: 'To the top row', keys: ['Home'], group, sheetOnly: true },
  last: { id: 'costs.last', title: 'To the bottom row', keys: ['End'], group, sheetOnly: true },
  right: { id: 'costs.right', title: 'Open a group; next cell', keys: ['Right', 'l'], group, sheetOnly: true },
  left: { id: 'costs.left', title: 'Close a group; cell before', keys: ['Left', 'h'], group, sheetOnly: true },
  open: { id: 'costs.open', title: 'Show the calls behind the cell', keys: ['Enter'], group, sheetOnly: true },
  sort: { id: 'costs.sort', title: 'Sort by the column of the cell', keys: ['s'], group },
  expandAll: { id: 'costs.expandAll', title: 'Open all groups', keys: ['*'], group },
  collapseAll: { id: 'costs.collapseAll', title: 'Close all groups', keys: ['-'], group },
  exportCsv: { id: 'costs.exportCsv', title: 'Save the table as CSV', group },
  exportJson: { id: 'costs.exportJson', title: 'Save the table as JSON', group },
  copyMarkdown: { id: 'costs.copyMarkdown', title: 'Copy the table as Markdown', group },
} satisfies Record<string, CommandInfo>

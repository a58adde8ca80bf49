import type { CommandInfo } from '../../app/view.ts'

const group = 'Chart'

export const chartCommands = {
  next: { id: 'chart.next', title: 'Next point', keys: ['Right', 'l'], group, sheetOnly: true },
  previous: { id: 'chart.previous', title: 'Point before', keys: ['Left', 'h'], group, sheetOnly: true },
  up: { id: 'chart.up', title: 'Part above', keys: ['Up', 'k'], group, sheetOnly: true },
  down: { id: 'chart.down', title: 'Part below', keys: ['Down', 'j'], group, sheetOnly: true },
  first: { id: 'chart.first', title: 'First point', keys: ['Home'], group, sheetOnly: true },
  last: { id: 'chart.last', title: 'Last point', keys: ['End'], group, sheetOnly: true },
  open: { id: 'chart.open', title: 'Show what is behind the point', keys: ['Enter'], group, sheetOnly: true },
  asTable: { id: 'chart.asTable', title: 'Show the numbers of the chart as a table', group },
  save: { id: 'chart.save', title: 'Save the chart as a picture', group },
  copy: { id: 'chart.copy', title: 'Copy the chart as a picture', group },
} satisfies Record<string, CommandInfo>

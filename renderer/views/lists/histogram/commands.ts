import type { CommandInfo } from '../../../app/view.ts'

const group = 'Histogram'

export const histogramCommands = {
  next: { id: 'histogram.next', title: 'Later', keys: ['Right', 'l'], group, sheetOnly: true },
  previous: { id: 'histogram.previous', title: 'Earlier', keys: ['Left', 'h'], group, sheetOnly: true },
  extendNext: { id: 'histogram.extendNext', title: 'Longer, to later', keys: ['Shift+Right'], group, sheetOnly: true },
  extendPrevious: {
    id: 'histogram.extendPrevious',
    title: 'Longer, to earlier',
    keys: ['Shift+Left'],
    group,
    sheetOnly: true,
  },
  apply: { id: 'histogram.apply', title: 'Ask for this stretch of time', keys: ['Enter'], group, sheetOnly: true },
} satisfies Record<string, CommandInfo>

import type { CommandInfo } from '../../app/view.ts'

const group = 'Compare'

export const compareCommands = {
  swap: { id: 'compare.swap', title: 'Swap the two', keys: ['x'], group },
  onlyDifferences: { id: 'compare.onlyDifferences', title: 'Only figures that differ, or all', keys: ['o'], group },
  nextText: { id: 'compare.nextText', title: 'What was sent, or what came back', keys: ['t'], group },
  openA: { id: 'compare.openA', title: 'Open A in its trace', keys: ['['], group },
  openB: { id: 'compare.openB', title: 'Open B in its trace', keys: [']'], group },
} satisfies Record<string, CommandInfo>

/** For the shortcut sheet while nothing is compared. */
export const compareCommandInfos: readonly CommandInfo[] = Object.values(compareCommands)

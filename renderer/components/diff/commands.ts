import type { CommandInfo } from '../../app/view.ts'

const group = 'Diff'

export const diffCommands = {
  next: { id: 'diff.next', title: 'Next change', keys: ['F7'], group },
  previous: { id: 'diff.previous', title: 'Previous change', keys: ['Shift+F7'], group },
  list: { id: 'diff.list', title: 'Read the changes as a list', keys: ['Alt+F7'], group },
  split: { id: 'diff.split', title: 'Side by side, or one under the other', keys: ['Mod+Alt+S'], group },
  whitespace: { id: 'diff.whitespace', title: 'Show or ignore white space at the ends of lines', group },
  onlyChanges: { id: 'diff.onlyChanges', title: 'Fold or show what is the same', group },
  copyPatch: { id: 'diff.copyPatch', title: 'Copy the difference as a patch', group },
  copyMarkdown: { id: 'diff.copyMarkdown', title: 'Copy the comparison as Markdown, for a pull request', group },
} satisfies Record<string, CommandInfo>

/** For the shortcut sheet while nothing is compared. */
export const diffCommandInfos: readonly CommandInfo[] = Object.values(diffCommands)

import type { CommandInfo } from '../../app/view.ts'

const group = 'Prompts'

/** As in every list; said once in the shortcut sheet. */
export const rowCommands = {
  next: { id: 'row.next', title: 'Next row', keys: ['Down', 'j'], group, sheetOnly: true },
  previous: { id: 'row.previous', title: 'Previous row', keys: ['Up', 'k'], group, sheetOnly: true },
  nextPage: { id: 'row.nextPage', title: 'Page down', keys: ['PageDown'], group, sheetOnly: true },
  previousPage: { id: 'row.previousPage', title: 'Page up', keys: ['PageUp'], group, sheetOnly: true },
  first: { id: 'row.first', title: 'First row', keys: ['Home'], group, sheetOnly: true },
  last: { id: 'row.last', title: 'Last row', keys: ['End'], group, sheetOnly: true },
} satisfies Record<string, CommandInfo>

export const promptCommands = {
  open: { id: 'prompts.open', title: 'Open the prompt', keys: ['Enter'], group, sheetOnly: true },
} satisfies Record<string, CommandInfo>

/** Of all prompts. */
export const libraryCommands = {
  save: { id: 'prompts.save', title: 'Save all prompts as files, for git…', group },
  read: { id: 'prompts.read', title: 'Read prompts from a folder…', group },
} satisfies Record<string, CommandInfo>

const versions = 'Prompt versions'

export const versionCommands = {
  show: { id: 'prompts.show', title: 'Show this version, against the one marked A', keys: ['Enter'], group: versions },
  from: { id: 'prompts.from', title: 'Compare from this version: it becomes A', keys: ['f'], group: versions },
  calls: { id: 'prompts.calls', title: 'Show the calls of this version', keys: ['o'], group: versions },
  title: { id: 'prompts.title', title: 'Name this version…', keys: ['F2'], group: versions },
  pin: { id: 'prompts.pin', title: 'Pin this version, or not', keys: ['p'], group: versions },
  merge: { id: 'prompts.merge', title: 'This version and A are one: merge', keys: ['m'], group: versions },
  separate: {
    id: 'prompts.separate',
    title: 'Take back what was merged into this version',
    keys: ['Shift+M'],
    group: versions,
  },
} satisfies Record<string, CommandInfo>

/** Anywhere in a prompt, from the palette too. */
export const promptViewCommands = {
  nextTab: { id: 'prompts.nextTab', title: 'Next section of the prompt', keys: ['Mod+Alt+Right'], group: versions },
  previousTab: {
    id: 'prompts.previousTab',
    title: 'Section of the prompt before',
    keys: ['Mod+Alt+Left'],
    group: versions,
  },
  swap: { id: 'prompts.swap', title: 'Swap the two versions', group: versions },
  rename: { id: 'prompts.rename', title: 'Rename the recovered prompt…', group: versions },
} satisfies Record<string, CommandInfo>

/** On two answers to one input. */
export const inputCommands = {
  next: { id: 'inputs.next', title: 'Next input', keys: ['j'], group: versions },
  previous: { id: 'inputs.previous', title: 'Input before', keys: ['k'], group: versions },
  a: { id: 'inputs.a', title: 'A answered better', keys: ['1'], group: versions },
  b: { id: 'inputs.b', title: 'B, or the one beside A, answered better', keys: ['2'], group: versions },
  tie: { id: 'inputs.tie', title: 'Both answered equally well', keys: ['3'], group: versions },
  other: { id: 'inputs.other', title: 'Compare the next answer with the first', keys: ['l'], group: versions },
  keep: { id: 'inputs.keep', title: 'Keep what was judged as scores', keys: ['Mod+Enter'], group: versions },
} satisfies Record<string, CommandInfo>

export const promptCommandInfos: readonly CommandInfo[] = [
  ...Object.values(rowCommands),
  ...Object.values(promptCommands),
  ...Object.values(libraryCommands),
]

export const versionCommandInfos: readonly CommandInfo[] = [
  ...Object.values(versionCommands),
  ...Object.values(promptViewCommands),
  ...Object.values(inputCommands).map(command => ({ ...command, sheetOnly: true })),
]

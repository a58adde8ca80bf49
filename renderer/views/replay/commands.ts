import type { CommandInfo } from '../../app/view.ts'

const group = 'Replay'

export const replayCommands = {
  send: { id: 'replay.send', title: 'Send the request', keys: ['Mod+Enter'], group },
  several: {
    id: 'replay.several',
    title: 'Send to several models, or several times…',
    keys: ['Mod+Shift+Enter'],
    group,
  },
  duplicate: {
    id: 'replay.duplicateRequest',
    title: 'Another request like this one',
    keys: ['Mod+D'],
    group,
  },
  cancel: { id: 'replay.cancel', title: 'Stop what is being sent', keys: ['Mod+.'], group },
  undo: { id: 'replay.undo', title: 'Undo the last edit of the request', keys: ['Mod+Z'], group },
  redo: { id: 'replay.redo', title: 'Do that edit again', keys: ['Mod+Shift+Z', 'Mod+Y'], group },
  raw: { id: 'replay.raw', title: 'The request as a form, or as its text', keys: ['Alt+R'], group },
  next: { id: 'replay.nextResponse', title: 'Next answer', keys: ['Alt+Down'], group },
  previous: { id: 'replay.previousResponse', title: 'Previous answer', keys: ['Alt+Up'], group },
} satisfies Record<string, CommandInfo>

/** For the shortcut sheet while no call is sent again. */
export const replayCommandInfos: readonly CommandInfo[] = Object.values(replayCommands)

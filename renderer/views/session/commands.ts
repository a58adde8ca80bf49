import type { CommandInfo } from '../../app/view.ts'

const group = 'Session'

export const sessionCommands = {
  next: { id: 'session.nextTurn', title: 'Next turn', keys: ['j'], group, sheetOnly: true },
  previous: { id: 'session.previousTurn', title: 'Previous turn', keys: ['k'], group, sheetOnly: true },
  open: { id: 'session.openTurn', title: 'Open the call of the turn', keys: ['Enter'], group, sheetOnly: true },
} satisfies Record<string, CommandInfo>

/** For the shortcut sheet while no session is open. */
export const sessionCommandInfos: readonly CommandInfo[] = Object.values(sessionCommands)

import { chooseSetting, detailPlace, readSetting, useSetting } from '../../state/settings.ts'
import type { Command } from '../../app/view.ts'
import { layoutCommandInfos } from './commands.ts'

/** Where they stood before they were hidden. */
let shownAt: 'right' | 'bottom' = 'right'

/** Brings hidden details back; true when they were. */
export function showDetail(): boolean {
  if (readSetting(detailPlace) !== 'hidden') return false
  chooseSetting(detailPlace, shownAt)
  return true
}

function toggleDetail(): void {
  const now = readSetting(detailPlace)
  if (showDetail() || now === 'hidden') return
  shownAt = now
  chooseSetting(detailPlace, 'hidden')
}

function moveDetail(): void {
  chooseSetting(detailPlace, readSetting(detailPlace) === 'right' ? 'bottom' : 'right')
}

export const layoutCommands: readonly Command[] = [
  { ...layoutCommandInfos.toggle, run: toggleDetail },
  { ...layoutCommandInfos.move, run: moveDetail },
]

/** Where the details stand: the reader's choice, or the link's. */
export function useDetailPlace(): 'right' | 'bottom' | 'hidden' {
  return useSetting(detailPlace)
}

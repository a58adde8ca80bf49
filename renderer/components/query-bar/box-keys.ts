import type { KeyboardEvent } from 'react'

/** What a key means in the box. */
export type Action = 'run' | 'accept' | 'leave' | 'offer' | 'down' | 'up' | 'undo' | 'redo'

export function actionOf({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): Action | undefined {
  if (key === ' ' && ctrlKey) return 'offer'
  if ((ctrlKey || metaKey) && !altKey && key.toLowerCase() === 'z') return shiftKey ? 'redo' : 'undo'
  if (ctrlKey && !shiftKey && !altKey && key === 'y') return 'redo'
  if (ctrlKey || metaKey || altKey || shiftKey) return undefined
  const actions: Record<string, Action> = {
    Enter: 'run',
    Tab: 'accept',
    Escape: 'leave',
    ArrowDown: 'down',
    ArrowUp: 'up',
  }
  return actions[key]
}

/** Whether a comma will follow a value that is put in here, not a space. */
export function insideList(text: string, at: number): boolean {
  const before = text.slice(0, at)
  return before.lastIndexOf('[') > before.lastIndexOf(']')
}

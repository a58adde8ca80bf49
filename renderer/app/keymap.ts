// From a key press to a command. One listener for the whole window, so that nothing handles the same key twice.

import { letterKeys, readSetting } from '../state/settings.ts'
import { commandFor } from './commands.ts'
import { dismissInnermost } from './dismiss.ts'
import { keyOf } from './keys.ts'

/** What a text field needs for itself, whatever a pane would like to do with it. */
const ofTextFields = new Set([
  'Mod+A',
  'Mod+C',
  'Mod+V',
  'Mod+X',
  'Mod+Y',
  'Mod+Z',
  'Mod+Shift+Z',
  'Mod+Enter',
  'Mod+Left',
  'Mod+Right',
])
/** Typed as text: letters, digits and signs. */
const letterKey = /^(?:Shift\+)?.$/u
const plainKey = /^(?:Shift\+)?(?!F\d)[^+]+$|^\+$/

/** Starts listening; the answer stops. */
export function startKeymap(): () => void {
  addEventListener('keydown', onKeyDown)
  return () => removeEventListener('keydown', onKeyDown)
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return
  const target = event.target instanceof Element ? event.target : document.body
  const key = keyOf(event)
  if (key === 'Escape') {
    if (dismissInnermost()) event.preventDefault()
    return
  }
  const plain = plainKey.test(key)
  const isOfField = isTextField(target) && (plain || ofTextFields.has(key))
  if ((key === 'Enter' || key === 'Space') && actsItself(target)) return
  // Copying a marked text is what the reader means, not the row behind it.
  if (key === 'Mod+C' && getSelection()?.isCollapsed === false) return
  if (letterKey.test(key) && readSetting(letterKeys) === 'off') return
  const command = commandFor(key, target)
  if (!command || (isOfField && command.inFields !== true)) return
  event.preventDefault()
  command.run()
}

function isTextField(element: Element): boolean {
  if (
    element.closest('textarea, select, [contenteditable=""], [contenteditable=true], [role=textbox], [role=combobox]')
  ) {
    return true
  }
  const input = element.closest('input')
  return input !== null && !['button', 'checkbox', 'radio', 'range', 'file', 'submit'].includes(input.type)
}

/** Focus stands on something with an action of its own. */
function actsItself(element: Element): boolean {
  return (
    element.closest('button, a[href], summary, input, [role=button], [role=menuitem], [role=option], [role=tab]') !==
    null
  )
}

import { flushSync } from 'react-dom'

/** Replaces a part of the field as if it had been typed, so that undo takes it back; `type` where the page cannot. */
export function replaceText(
  input: HTMLInputElement,
  from: number,
  to: number,
  text: string,
  type: (text: string) => void,
): void {
  input.focus()
  input.setSelectionRange(from, to)
  // The only way to change a field without losing what undo remembers; every engine keeps it for that.
  // oxlint-disable-next-line typescript/no-deprecated
  if (document.execCommand?.(text === '' ? 'delete' : 'insertText', false, text)) return
  putText(input, input.value.slice(0, from) + text + input.value.slice(to), from + text.length, type)
}

/** Another text, and the caret in it, both at once: a letter typed right after it goes where the caret is seen. */
export function putText(input: HTMLInputElement, text: string, caret: number, type: (text: string) => void): void {
  flushSync(() => type(text))
  input.setSelectionRange(caret, caret)
}

/** How far from the left edge a character stands, in pixels, as it is scrolled now. */
export function caretPlace(mirror: HTMLElement, character: number): number {
  let left = character
  for (const span of mirror.children) {
    const node = span.firstChild
    const length = node?.textContent?.length ?? 0
    if (node && left <= length) {
      const range = document.createRange()
      range.setStart(node, left)
      const box = range.getBoundingClientRect?.()
      const edge = mirror.parentElement?.offsetLeft ?? 0
      return box ? Math.max(0, Math.min(mirror.clientWidth, box.left - mirror.getBoundingClientRect().left)) + edge : 0
    }
    left -= length
  }
  return mirror.offsetLeft
}

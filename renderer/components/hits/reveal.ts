/** Scrolls a place in a text to the middle of what scrolls around it, where it is not in sight. */
export function reveal(range: Range): void {
  const element = range.startContainer.parentElement
  layOut(element)
  element?.scrollIntoView?.({ block: 'nearest' })
  for (let at = element; at; at = at.parentElement) {
    if (at.scrollHeight <= at.clientHeight + 1 || getComputedStyle(at).overflowY === 'visible') continue
    const around = at.getBoundingClientRect()
    const now = range.getBoundingClientRect()
    if (now.top < around.top || now.bottom > around.bottom) at.scrollTop += now.top - around.top - around.height / 2
    break
  }
}

/** Far from what is seen a message takes only about its room: where its texts stand is known once it is laid out. */
function layOut(element: HTMLElement | null): void {
  for (let at = element; at; at = at.parentElement) {
    if (getComputedStyle(at).contentVisibility === 'auto') at.style.contentVisibility = 'visible'
  }
}

/**
 * Puts a text on the clipboard. The document's own copy command comes first: it needs no permission, and this app
 * grants none to its page.
 */
export async function copyText(text: string): Promise<void> {
  const onCopy = (event: ClipboardEvent) => {
    event.preventDefault()
    event.clipboardData?.setData('text/plain', text)
  }
  document.addEventListener('copy', onCopy, { once: true, capture: true })
  const copied = document.execCommand('copy')
  document.removeEventListener('copy', onCopy, { capture: true })
  if (!copied) await navigator.clipboard.writeText(text)
}

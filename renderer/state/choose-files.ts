/** The browser's own file dialog. Resolves with nothing when it is cancelled. Must be called from a key press or click. */
export function chooseFiles(): Promise<readonly File[]> {
  return new Promise(resolve => {
    const input = document.createElement('input')
    input.type = 'file'
    input.multiple = true
    input.hidden = true
    input.setAttribute('aria-label', 'Files to import')
    // In the page, not only in memory: a test, or a tool for the blind, has to find it.
    document.body.append(input)
    const finish = (files: readonly File[]) => {
      input.remove()
      resolve(files)
    }
    input.addEventListener('change', () => finish([...(input.files ?? [])]))
    input.addEventListener('cancel', () => finish([]))
    input.click()
  })
}

// Whether what is opened is imported at once or shown in the import sheet first. Kept by the page, like the theme.

const key = 'spanwise.importAtOnce'

export function importsAtOnce(): boolean {
  try {
    return localStorage.getItem(key) === 'yes'
  } catch {
    return false
  }
}

export function setImportsAtOnce(atOnce: boolean): void {
  try {
    if (atOnce) localStorage.setItem(key, 'yes')
    else localStorage.removeItem(key)
  } catch {
    // A page without storage asks every time.
  }
}

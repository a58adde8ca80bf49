// Light and dark follow the system unless the reader said otherwise on this machine.

export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

const key = 'spanwise.theme'

export function readTheme(): Theme {
  const kept = recall()
  return themes.find(theme => theme === kept) ?? 'system'
}

export function chooseTheme(theme: Theme): void {
  try {
    localStorage.setItem(key, theme)
  } catch {
    // No storage: the choice lasts as long as the window.
  }
  show(theme)
}

export function restoreTheme(): void {
  show(readTheme())
}

function show(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = theme
}

function recall(): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

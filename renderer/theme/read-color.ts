/** A token as the plain `rgb(…)` a canvas or Monaco understands, in the theme now shown unless one is named. */
export function readColor(token: `--${string}`, theme?: 'light' | 'dark'): string {
  const probe = document.createElement('i')
  if (theme) probe.style.colorScheme = theme
  probe.style.color = `var(${token})`
  document.documentElement.append(probe)
  const color = getComputedStyle(probe).color
  probe.remove()
  return color
}

/** Calls back when the theme changes, by the system or by `data-theme`. */
export function onThemeChange(listener: () => void): () => void {
  const system = matchMedia('(prefers-color-scheme: dark)')
  system.addEventListener('change', listener)
  const override = new MutationObserver(listener)
  override.observe(document.documentElement, { attributeFilter: ['data-theme'] })
  return () => {
    system.removeEventListener('change', listener)
    override.disconnect()
  }
}

import { readFileSync } from 'node:fs'
import { settingsFile, type Settings } from './settings-file.ts'

/** The theme that the person chose; undefined follows the system. */
export function chosenTheme(settings: Pick<Settings, 'read'> = settingsFile()): 'light' | 'dark' | undefined {
  const chosen = settings.read().get('spanwise.theme')
  return chosen === 'light' || chosen === 'dark' ? chosen : undefined
}

/** The page in a theme from its first pixel on: it learns the settings only when its scripts run. */
export function themedPage(file: string, theme = chosenTheme()): string {
  const html = readFileSync(file, 'utf8')
  if (theme === undefined) return html
  return html
    .replace(/<html\b/, `<html data-theme="${theme}"`)
    .replace('name="color-scheme" content="light dark"', `name="color-scheme" content="${theme}"`)
}

export function isPage(file: string): boolean {
  return file.endsWith('.html')
}

// What a person may choose about the window: each with its choices, its usual one, and where the present one comes from.

import { kept } from './kept.ts'
import { createStore, useStore } from './store.ts'

export interface Setting<V extends string = string> {
  readonly id: string
  /** Its name among what is kept. */
  readonly key: string
  readonly title: string
  readonly help: string
  readonly group: 'Look' | 'Keyboard' | 'Import' | 'Trace'
  /** `command`: what choosing it is called in the palette. */
  readonly choices: readonly { readonly value: V; readonly label: string; readonly command: string }[]
  readonly usual: V
  /** A link to an address that begins so shows the sender's, without changing what the reader chose. */
  readonly inLinks?: string
}

export type SettingSource = 'default' | 'you' | 'link'

function define<const V extends string>(setting: Setting<V>): Setting<V> {
  return setting
}

export const theme = define({
  id: 'theme',
  key: 'spanwise.theme',
  title: 'Theme',
  help: 'Light or dark, or as the system has it.',
  group: 'Look',
  choices: [
    { value: 'system', label: 'System', command: "Follow the system's theme" },
    { value: 'light', label: 'Light', command: 'Use the light theme' },
    { value: 'dark', label: 'Dark', command: 'Use the dark theme' },
  ],
  usual: 'system',
})

export const density = define({
  id: 'density',
  key: 'spanwise.density',
  title: 'Density',
  help: 'How high the rows of lists and trees are.',
  group: 'Look',
  choices: [
    { value: 'compact', label: 'Compact', command: 'Make rows compact' },
    { value: 'default', label: 'Default', command: 'Give rows their usual height' },
    { value: 'comfortable', label: 'Comfortable', command: 'Make rows comfortable' },
  ],
  usual: 'default',
})

export const letterKeys = define({
  id: 'letterKeys',
  key: 'spanwise.letterKeys',
  title: 'Keys without Mod',
  help: 'Letters, digits and signs as shortcuts, in the pane that has the focus. Off: only keys with Ctrl, Command or Alt, arrows and the like.',
  group: 'Keyboard',
  choices: [
    { value: 'on', label: 'On', command: 'Turn on keys without Mod' },
    { value: 'off', label: 'Off', command: 'Turn off keys without Mod' },
  ],
  usual: 'on',
})

export const importAtOnce = define({
  id: 'importAtOnce',
  key: 'spanwise.importAtOnce',
  title: 'Opening a file',
  help: 'Whether a sheet shows how a file would be read before it is imported.',
  group: 'Import',
  choices: [
    { value: 'no', label: 'Show the sheet first', command: 'Show the import sheet before importing' },
    { value: 'yes', label: 'Import at once', command: 'Import what is opened at once' },
  ],
  usual: 'no',
})

export const detailPlace = define({
  id: 'detailPlace',
  key: 'spanwise.detailPlace',
  title: 'Details of a span',
  help: 'Where they stand beside the tree of a trace.',
  group: 'Trace',
  choices: [
    { value: 'right', label: 'On the right', command: 'Details on the right of the tree' },
    { value: 'bottom', label: 'Below', command: 'Details below the tree' },
    { value: 'hidden', label: 'Hidden', command: 'Hide the details' },
  ],
  usual: 'right',
  inLinks: '/trace/',
})

/** In the order of the page that shows them. */
export const allSettings: readonly Setting[] = [theme, density, letterKeys, importAtOnce, detailPlace]

/** Counts changes, for whoever shows a setting. */
const revision = createStore(0)
/** What the link that was followed last shows. */
const linked = createStore<ReadonlyMap<string, string>>(new Map())

export function readSetting<V extends string>(setting: Setting<V>): V {
  return choiceIn(setting, linked.get().get(setting.id)) ?? ownChoice(setting) ?? setting.usual
}

/** What the person chose, whatever a link shows. */
export function ownChoice<V extends string>(setting: Setting<V>): V | undefined {
  return choiceIn(setting, kept.getItem(setting.key))
}

export function sourceOf(setting: Setting): SettingSource {
  if (choiceIn(setting, linked.get().get(setting.id)) !== undefined) return 'link'
  return ownChoice(setting) === undefined ? 'default' : 'you'
}

export function chooseSetting<V extends string>(setting: Setting<V>, value: V | undefined): void {
  if (value === undefined) kept.removeItem(setting.key)
  else kept.setItem(setting.key, value)
  forgetLinked(setting)
  changed()
}

/** Shows what a link says; names and values that mean nothing here are left out. */
export function showLinked(values: ReadonlyMap<string, string>): void {
  const known = allSettings.flatMap(setting => {
    const value = setting.inLinks ? choiceIn(setting, values.get(setting.id)) : undefined
    const isOwn = value === (ownChoice(setting) ?? setting.usual)
    return value === undefined || isOwn ? [] : [[setting.id, value] as const]
  })
  linked.set(new Map(known))
  changed()
}

/** Back to the reader's own. */
export function forgetLinked(setting: Setting): void {
  if (!linked.get().has(setting.id)) return
  linked.set(new Map([...linked.get()].filter(([id]) => id !== setting.id)))
  changed()
}

export function useSetting<V extends string>(setting: Setting<V>): V {
  useStore(revision)
  return readSetting(setting)
}

export function useSettingSource(setting: Setting): SettingSource {
  useStore(revision)
  return sourceOf(setting)
}

function changed(): void {
  showSettings()
  revision.update(n => n + 1)
}

/** Writes on the page what style sheets read. */
export function showSettings(): void {
  const { dataset } = document.documentElement
  const [colours, height] = [readSetting(theme), readSetting(density)]
  if (colours === 'system') delete dataset['theme']
  else dataset['theme'] = colours
  if (height === 'default') delete dataset['density']
  else dataset['density'] = height
}

/** Pixels, as --row-height in the style sheet. */
const rowHeights = { compact: 22, default: 26, comfortable: 32 } as const

export function useRowHeight(): number {
  return rowHeights[useSetting(density)]
}

export function rowHeight(): number {
  return rowHeights[readSetting(density)]
}

function choiceIn<V extends string>({ choices }: Setting<V>, value: string | null | undefined): V | undefined {
  return choices.find(choice => choice.value === value)?.value
}

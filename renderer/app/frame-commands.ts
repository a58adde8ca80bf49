import { visibleLine } from '../../shared/format/visible-text.ts'
import { copyText } from '../components/messages/copy-text.ts'
import type { ZoomStep } from '../../shared/contract/shell.ts'
import { useClient } from '../state/client.ts'
import { useImportActivity, useImportDesk } from '../state/import-desk.ts'
import { useScoreDesk } from '../state/score-desk.ts'
import { canRedo, canUndo, redo, tell, undo } from '../state/undo.ts'
import { allSettings, chooseSetting, readSetting } from '../state/settings.ts'
import { views } from '../views/index.ts'
import { useCommands, type Command } from './commands.ts'
import { linkToHere } from './links.ts'
import { walkPanes } from './panes.ts'
import { goToQuery } from './query-desk.ts'
import { navigate } from './route.ts'

interface FrameActions {
  /** With something in its box. */
  readonly openPalette: (text?: string) => void
  readonly openShortcuts: () => void
  readonly openExport: () => void
  readonly toggleRail: () => void
  /** The host makes everything larger or smaller; elsewhere the browser does, with the same keys. */
  readonly zooms: boolean
}

/** What can be done wherever one is. */
export function useFrameCommands({ openPalette, openShortcuts, openExport, toggleRail, zooms }: FrameActions): void {
  const desk = useImportDesk()
  const activity = useImportActivity()
  const scores = useScoreDesk()
  const running = activity.running[0]
  const goTo: Command[] = views.flatMap(view => {
    const key = view.railKey ?? view.goKey
    const run = () => navigate(view.path)
    return key ? [{ id: `view.${view.id}`, title: `Go to ${view.title}`, keys: [key], group: 'Window', run }] : []
  })
  const settings: Command[] = allSettings.flatMap(setting =>
    setting.choices.map(({ value, command }) => ({
      id: `${setting.id}.${value}`,
      title: command,
      group: 'Settings',
      when: () => readSetting(setting) !== value,
      run: () => chooseSetting(setting, value),
    })),
  )
  const client = useClient()
  const zoom = ([step, title, ...keys]: readonly [ZoomStep, string, ...string[]]): Command => ({
    id: `zoom.${step}`,
    title,
    keys,
    group: 'Window',
    inDialogs: true,
    when: () => zooms,
    run: () => void client.ask('shell.zoom', { step }).catch(() => {}),
  })
  useCommands([
    {
      id: 'palette.open',
      title: 'Search or do anything',
      keys: ['Mod+K'],
      group: 'Window',
      sheetOnly: true,
      run: () => openPalette(),
    },
    {
      id: 'palette.commands',
      title: 'Find a command',
      keys: ['Mod+Shift+P'],
      group: 'Window',
      sheetOnly: true,
      run: () => openPalette('>'),
    },
    {
      id: 'palette.goTo',
      title: 'Go to a time or a span',
      keys: ['Mod+P'],
      group: 'Window',
      sheetOnly: true,
      run: () => openPalette(':'),
    },
    { id: 'import.open', title: 'Open file…', keys: ['Mod+O'], group: 'Import', run: desk.choose },
    { id: 'import.sample', title: 'Open the sample traces', group: 'Import', run: desk.openSample },
    {
      id: 'scores.import',
      title: 'Import scores…',
      group: 'Import',
      run: () => void scores.choose(),
    },
    { id: 'edit.undo', title: 'Undo', keys: ['Mod+Z'], group: 'Window', when: canUndo, run: () => void undo() },
    { id: 'edit.redo', title: 'Redo', keys: ['Mod+Shift+Z'], group: 'Window', when: canRedo, run: () => void redo() },
    { id: 'export.open', title: 'Export…', keys: ['Mod+Shift+E'], group: 'Export', run: openExport },
    {
      id: 'import.cancel',
      title: 'Cancel the running import',
      group: 'Import',
      when: () => running !== undefined,
      run: () => running && desk.cancel(running.import),
    },
    {
      id: 'import.showPanel',
      title: 'Show the last import',
      group: 'Import',
      when: () => !activity.panelOpen && (running !== undefined || activity.ended !== undefined),
      run: () => desk.showPanel(true),
    },
    ...goTo,
    { id: 'history.back', title: 'Go back', keys: ['Mod+[', 'Alt+Left'], group: 'Window', run: () => history.back() },
    {
      id: 'history.forward',
      title: 'Go forward',
      keys: ['Mod+]', 'Alt+Right'],
      group: 'Window',
      run: () => history.forward(),
    },
    {
      id: 'link.copy',
      title: 'Copy a link to this',
      keys: ['Mod+Shift+C'],
      group: 'Window',
      run: () => void copyLink(),
    },
    { id: 'query.focus', title: 'Go to the query', keys: ['Mod+F', '/'], group: 'Query', run: goToQuery },
    { id: 'layout.toggleRail', title: 'Show or hide the rail', keys: ['Mod+B'], group: 'Window', run: toggleRail },
    {
      id: 'layout.nextPane',
      title: 'Next pane',
      keys: ['F6'],
      group: 'Window',
      sheetOnly: true,
      run: () => walkPanes(1),
    },
    {
      id: 'layout.previousPane',
      title: 'Previous pane',
      keys: ['Shift+F6'],
      group: 'Window',
      sheetOnly: true,
      run: () => walkPanes(-1),
    },
    zoom(['in', 'Make everything larger', 'Mod+=', 'Mod++']),
    zoom(['out', 'Make everything smaller', 'Mod+-']),
    zoom(['reset', 'Give everything its usual size', 'Mod+0']),
    ...settings,
    { id: 'help.shortcuts', title: 'Keyboard shortcuts', keys: ['?'], group: 'Help', run: openShortcuts },
  ])
}

async function copyLink(): Promise<void> {
  try {
    const link = await linkToHere()
    await copyText(link)
    tell(`Link copied: ${visibleLine(link, 80)}`)
  } catch {
    tell('The link could not be copied.', true)
  }
}

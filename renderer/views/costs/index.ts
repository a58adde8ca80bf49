import { Coins } from 'lucide-react'
import { lazyView } from '../../app/lazy-view.ts'
import type { ViewDefinition } from '../../app/view.ts'
import { chartCommands } from '../../components/chart/commands.ts'
import { costCommandInfos } from './commands.ts'

/** What calls cost, by any fields of theirs and by when they were made: `?by=model,prompt.version&per=day&q=…`, or drawn: `?view=chart&…`. */
export const costs: ViewDefinition = {
  id: 'costs',
  title: 'Costs',
  icon: Coins,
  path: '/costs',
  Component: lazyView(async () => ({ default: (await import('./View.tsx')).CostsView })),
  railKey: 'Mod+4',
  commands: [...costCommandInfos, ...Object.values(chartCommands)],
}

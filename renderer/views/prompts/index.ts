import { MessageSquareQuote } from 'lucide-react'
import { lazyView } from '../../app/lazy-view.ts'
import type { ViewDefinition } from '../../app/view.ts'
import { chartCommands } from '../../components/chart/commands.ts'
import { diffCommandInfos } from '../../components/diff/commands.ts'
import { promptCommandInfos, versionCommandInfos } from './commands.ts'

/** Every prompt that a dump names or that was recovered. */
export const prompts: ViewDefinition = {
  id: 'prompts',
  title: 'Prompts',
  icon: MessageSquareQuote,
  path: '/prompts',
  Component: lazyView(async () => ({ default: (await import('./RegistryView.tsx')).RegistryView })),
  railKey: 'Mod+3',
  commands: promptCommandInfos,
}

/** Versions of one, what differs between two of them and what came of it: `?from=6&to=7&tab=comparison`. */
export const prompt: ViewDefinition = {
  id: 'prompt',
  title: 'Prompt',
  icon: MessageSquareQuote,
  path: '/prompt/:name',
  under: 'prompts',
  Component: lazyView(async () => ({ default: (await import('./PromptView.tsx')).PromptView })),
  commands: [...versionCommandInfos, ...diffCommandInfos, ...Object.values(chartCommands)],
}

import { GitCompareArrows } from 'lucide-react'
import { lazyView } from '../../app/lazy-view.ts'
import type { ViewDefinition } from '../../app/view.ts'
import { diffCommandInfos } from '../../components/diff/commands.ts'
import { compareCommandInfos } from './commands.ts'

/** Two spans side by side, named by the ids of their files: `?a=9f2c…&aSpan=41aa…&b=77e0…&bSpan=…&only=differences`. */
export const compare: ViewDefinition = {
  id: 'compare',
  title: 'Compare',
  icon: GitCompareArrows,
  path: '/compare',
  Component: lazyView(async () => ({ default: (await import('./View.tsx')).CompareView })),
  commands: [...compareCommandInfos, ...diffCommandInfos],
}

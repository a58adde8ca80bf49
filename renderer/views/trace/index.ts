import { ListTree } from 'lucide-react'
import { lazyView } from '../../app/lazy-view.ts'
import type { ViewDefinition } from '../../app/view.ts'
import { traceCommandInfos } from './commands.ts'

/** One trace: its spans as a tree and on a time line, and everything known about the selected one. */
export const trace: ViewDefinition = {
  id: 'trace',
  title: 'Trace',
  icon: ListTree,
  path: '/trace/:id',
  under: 'traces',
  stays: true,
  Component: lazyView(() => import('./View.tsx').then(module => ({ default: module.View }))),
  commands: traceCommandInfos,
}

import { RotateCcw } from 'lucide-react'
import { lazyView } from '../../app/lazy-view.ts'
import type { ViewDefinition } from '../../app/view.ts'
import { replayCommandInfos } from './commands.ts'

/** What was sent from here, and to whom one can send. */
export const replays: ViewDefinition = {
  id: 'replays',
  title: 'Replay',
  icon: RotateCcw,
  path: '/replay',
  railKey: 'Mod+5',
  Component: lazyView(() => import('./LedgerView.tsx').then(module => ({ default: module.LedgerView }))),
}

/** A logged call, sent again: by the id its file gave the span, and with `?trace=` where several have it. */
export const replay: ViewDefinition = {
  id: 'replay',
  title: 'Call',
  icon: RotateCcw,
  path: '/replay/:span',
  under: 'replays',
  // A call is opened from wherever one is: half of the time that took for the first time was loading this.
  Component: lazyView(() => import('./View.tsx').then(module => ({ default: module.View })), { early: true }),
  commands: replayCommandInfos,
}

import { MessagesSquare } from 'lucide-react'
import { lazyView } from '../../app/lazy-view.ts'
import type { ViewDefinition } from '../../app/view.ts'
import { sessionCommandInfos } from './commands.ts'

/** A conversation: what was said in all traces of a session, each turn beside the call it comes from. */
export const session: ViewDefinition = {
  id: 'session',
  title: 'Session',
  icon: MessagesSquare,
  path: '/session/:id',
  under: 'sessions',
  Component: lazyView(() => import('./View.tsx').then(module => ({ default: module.View }))),
  commands: sessionCommandInfos,
}

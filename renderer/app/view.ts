// What a view is, and everything a view needs from the window. Views import from here and from components and state;
// no view imports another view.

import type { LucideIcon } from 'lucide-react'
import type { ComponentType } from 'react'
import type { CommandInfo } from './commands.ts'
import type { Params } from './route.ts'

export interface ViewProps {
  /** What stands in for the `:names` of the view's path, decoded. */
  readonly params: Params
}

export interface ViewDefinition {
  readonly id: string
  readonly title: string
  readonly icon: LucideIcon
  /** `/traces`, `/trace/:id`. */
  readonly path: string
  readonly Component: ComponentType<ViewProps>
  /** What it can do while it is open, for the shortcut sheet when it is not. */
  readonly commands?: readonly CommandInfo[]
  /** Set on views that stand in the rail: the key that goes there. */
  readonly railKey?: string
  /** The key of a view that has one and stands elsewhere. */
  readonly goKey?: string
  /** Stays on screen while what another address of it names is on its way. */
  readonly stays?: true
  /** The view one level up, for the breadcrumb: its id. */
  readonly under?: string
}

export { useBreadcrumb } from './breadcrumb.ts'
export { useCommands, type Command, type CommandInfo } from './commands.ts'
export { useGoTo, type GoToPlace } from './go-to.ts'
export { useLinkParts } from './links.ts'
export { useDismiss } from './dismiss.ts'
export { tracesMatching, useRouteQuery, type RouteQuery } from './query-route.ts'
export { ariaKeys, showKeys } from './keys.ts'
export { useArrivalFocus } from './arrival-focus.ts'
export { useKeptFocus } from './kept-focus.ts'
export { focusView, isFocusFree } from './panes.ts'
export { adjustQuery, currentRoute, matchPath, navigate, useRoute, type Params, type Route } from './route.ts'
export { useClient } from '../state/client.ts'
export { useAsk, type Asked } from '../state/use-ask.ts'

import { MessagesSquare, Rows3, Rows4, Sparkles } from 'lucide-react'
import { createElement } from 'react'
import type { ListKind } from '../../../shared/contract/lists.ts'
import type { ViewDefinition } from '../../app/view.ts'
import { listCommandInfos } from './commands.ts'
import { ListView } from './View.tsx'

// One view of four lists: traces, the spans and the calls in them, and the sessions they belong to.

const views: Readonly<Record<ListKind, () => ReturnType<typeof ListView>>> = {
  traces: () => createElement(ListView, { kind: 'traces' }),
  spans: () => createElement(ListView, { kind: 'spans' }),
  calls: () => createElement(ListView, { kind: 'calls' }),
  sessions: () => createElement(ListView, { kind: 'sessions' }),
}

/** Every trace that matches, sorted, filtered, chosen. */
export const traces: ViewDefinition = {
  id: 'traces',
  title: 'Traces',
  icon: Rows3,
  path: '/traces',
  railKey: 'Mod+1',
  Component: views.traces,
  commands: listCommandInfos,
}

/** The spans that match, of all traces. */
export const spans: ViewDefinition = {
  id: 'spans',
  title: 'Spans',
  icon: Rows4,
  path: '/spans',
  under: 'traces',
  Component: views.spans,
}

/** Those that are calls of a model, each counted once. */
export const calls: ViewDefinition = {
  id: 'calls',
  title: 'Calls',
  icon: Sparkles,
  path: '/calls',
  under: 'traces',
  Component: views.calls,
}

/** Conversations: what their traces come to. */
export const sessions: ViewDefinition = {
  id: 'sessions',
  title: 'Sessions',
  icon: MessagesSquare,
  path: '/sessions',
  railKey: 'Mod+2',
  Component: views.sessions,
}

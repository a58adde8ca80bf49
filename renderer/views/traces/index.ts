import { Rows3 } from 'lucide-react'
import type { ViewDefinition } from '../../app/view.ts'
import { listCommandInfos } from './commands.ts'
import { TracesView } from './View.tsx'

export const traces: ViewDefinition = {
  id: 'traces',
  title: 'Traces',
  icon: Rows3,
  path: '/traces',
  railKey: 'Mod+1',
  Component: TracesView,
  commands: listCommandInfos,
}

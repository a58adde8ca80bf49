import { FileInput } from 'lucide-react'
import type { ViewDefinition } from '../../app/view.ts'
import { ImportsView } from './View.tsx'

export const imports: ViewDefinition = {
  id: 'imports',
  title: 'Imports',
  icon: FileInput,
  path: '/imports',
  railKey: 'Mod+7',
  Component: ImportsView,
}

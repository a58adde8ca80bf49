import { Rows3 } from 'lucide-react'
import type { ViewDefinition } from '../../app/view.ts'
import { WelcomeView } from './View.tsx'

export const welcome: ViewDefinition = {
  id: 'welcome',
  title: 'Start',
  icon: Rows3,
  path: '/',
  Component: WelcomeView,
}

import { Settings2 } from 'lucide-react'
import { lazyView } from '../../app/lazy-view.ts'
import type { ViewDefinition } from '../../app/view.ts'

/** Everything that can be chosen, and where what Spanwise keeps lies. */
export const settings: ViewDefinition = {
  id: 'settings',
  title: 'Settings',
  icon: Settings2,
  path: '/settings',
  goKey: 'Mod+,',
  Component: lazyView(async () => ({ default: (await import('./View.tsx')).SettingsView })),
}

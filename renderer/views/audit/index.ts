import { ClipboardCheck } from 'lucide-react'
import { lazyView } from '../../app/lazy-view.ts'
import type { ViewDefinition } from '../../app/view.ts'

/** What the logs lack: of the whole store, or of one import (`?import=3`). */
export const audit: ViewDefinition = {
  id: 'audit',
  title: 'Audit',
  icon: ClipboardCheck,
  path: '/audit',
  Component: lazyView(async () => ({ default: (await import('./View.tsx')).AuditView })),
  railKey: 'Mod+8',
}

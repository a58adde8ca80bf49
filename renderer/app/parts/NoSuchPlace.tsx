import { MapPinOff } from 'lucide-react'
import { visibleLine } from '../../../shared/format/visible-text.ts'
import { Button } from '../../components/button/Button.tsx'
import { EmptyState } from '../../components/empty-state/EmptyState.tsx'
import { navigate } from '../route.ts'

export function NoSuchPlace({ path }: { readonly path: string }) {
  return (
    <EmptyState
      icon={MapPinOff}
      title="There is nothing at this address"
      actions={<Button onClick={() => navigate('/')}>Go to the start</Button>}
    >
      <code>{visibleLine(path, 200)}</code> names no view of this version.
    </EmptyState>
  )
}

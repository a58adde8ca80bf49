import { useStore } from '../../state/store.ts'
import { announcement } from '../announce.ts'

export function Announcer() {
  return (
    <div role="status" aria-live="polite" className="spoken">
      {useStore(announcement)}
    </div>
  )
}

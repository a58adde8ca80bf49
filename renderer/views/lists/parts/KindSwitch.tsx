import { listKinds, type ListKind } from '../../../../shared/contract/lists.ts'
import { titles } from '../model/titles.ts'
import styles from './kind-switch.module.css'

interface Props {
  readonly kind: ListKind
  /** Goes along: the same question of another list. */
  readonly query: string
}

export function KindSwitch({ kind, query }: Props) {
  const search = query === '' ? '' : `?${new URLSearchParams({ q: query }).toString()}`
  return (
    <nav aria-label="List" className={styles.kinds}>
      {listKinds.map(one => (
        <a key={one} href={`#/${one}${search}`} aria-current={one === kind ? 'page' : undefined}>
          {titles[one].title}
        </a>
      ))}
    </nav>
  )
}

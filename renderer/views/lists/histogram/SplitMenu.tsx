import { Menu } from '@base-ui/react/menu'
import { ChevronDown } from 'lucide-react'
import type { ListKind } from '../../../../shared/contract/lists.ts'
import { groupFields } from '../model/columns.ts'
import styles from '../lists.module.css'

interface Props {
  readonly kind: ListKind
  readonly split: string
  readonly choose: (split: string) => void
}

/** What the bars are told apart by. */
export function SplitMenu({ kind, split, choose }: Props) {
  const choices = [
    { id: 'outcome', label: 'errors' },
    { id: '', label: 'nothing' },
    ...groupFields(kind).map(({ id, label }) => ({ id, label: label.toLowerCase() })),
  ]
  return (
    <Menu.Root>
      <Menu.Trigger className={styles.tool}>
        Split by {choices.find(({ id }) => id === split)?.label ?? 'errors'}
        <ChevronDown aria-hidden="true" size={12} />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner align="start" sideOffset={4} className={styles.positioner}>
          <Menu.Popup className={styles.menu}>
            <Menu.RadioGroup value={split}>
              {choices.map(({ id, label }) => (
                <Menu.RadioItem closeOnClick key={id} className={styles.item} value={id} onClick={() => choose(id)}>
                  {label}
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}

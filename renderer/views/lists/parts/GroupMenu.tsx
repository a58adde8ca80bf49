import { Menu } from '@base-ui/react/menu'
import { ChevronDown } from 'lucide-react'
import { fieldOf } from '../../../../shared/query/fields.ts'
import { readColumn, type ListKind } from '../../../../shared/contract/lists.ts'
import { adjustQuery } from '../../../app/view.ts'
import { groupFields } from '../model/columns.ts'
import styles from '../lists.module.css'

interface Props {
  readonly kind: ListKind
  readonly group: string | undefined
}

/** Lists the values of a field in place of the rows. */
export function GroupMenu({ kind, group }: Props) {
  const ref = group === undefined ? undefined : readColumn(group)
  const name = ref && 'field' in ref ? fieldOf(ref.field.id).label : group
  const choose = (field: string | undefined) => adjustQuery({ group: field, sort: undefined }, { push: true })
  return (
    <Menu.Root>
      <Menu.Trigger className={styles.tool} data-set={group !== undefined || undefined}>
        {group === undefined ? 'Group by' : `By ${name?.toLowerCase()}`}
        <ChevronDown aria-hidden="true" size={12} />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner align="end" sideOffset={4} className={styles.positioner}>
          <Menu.Popup className={styles.menu}>
            <Menu.RadioGroup value={group ?? ''}>
              <Menu.RadioItem closeOnClick className={styles.item} value="" onClick={() => choose(undefined)}>
                Nothing
              </Menu.RadioItem>
              {groupFields(kind).map(({ id, label }) => (
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

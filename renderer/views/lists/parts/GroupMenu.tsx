import type { ListKind } from '../../../../shared/contract/lists.ts'
import { readColumn } from '../../../../shared/query/list-columns.ts'
import { fieldOf } from '../../../../shared/query/fields.ts'
import { adjustQuery } from '../../../app/view.ts'
import { groupFields } from '../model/columns.ts'
import { ChoiceMenu } from '../../../components/popup/ChoiceMenu.tsx'

interface Props {
  readonly kind: ListKind
  readonly group: string | undefined
}

/** Lists the values of a field in place of the rows. */
export function GroupMenu({ kind, group }: Props) {
  const ref = group === undefined ? undefined : readColumn(group)
  const name = ref && 'field' in ref ? fieldOf(ref.field.id).label : group
  return (
    <ChoiceMenu
      label={group === undefined ? 'Group by' : `By ${name?.toLowerCase()}`}
      isSet={group !== undefined}
      align="end"
      choices={[{ id: '', label: 'Nothing' }, ...groupFields(kind)]}
      value={group ?? ''}
      choose={field => adjustQuery({ group: field === '' ? undefined : field, sort: undefined }, { push: true })}
    />
  )
}

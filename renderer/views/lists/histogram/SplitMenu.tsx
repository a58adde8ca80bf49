import type { ListKind } from '../../../../shared/contract/lists.ts'
import { groupFields } from '../model/columns.ts'
import { ChoiceMenu } from '../../../components/popup/ChoiceMenu.tsx'

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
  const label = `Split by ${choices.find(({ id }) => id === split)?.label ?? 'errors'}`
  return <ChoiceMenu label={label} align="start" choices={choices} value={split} choose={choose} />
}

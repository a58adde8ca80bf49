import type { ListValue } from '../../../../../shared/contract/lists.ts'
import { keyText } from '../../model/cell-text.ts'
import { labelOfField } from '../../model/address.ts'

interface Props {
  readonly keys: readonly (ListValue | null)[]
  readonly fields: readonly string[]
  readonly open: () => void
}

/** What a row is about, a cell a field; the first leads to what is behind it. */
export function Words({ keys, fields, open }: Props) {
  return keys.map((value, k) => {
    const text = keyText(value, fields[k]!, labelOfField(fields[k]!) ?? fields[k]!)
    const isNone = value === null || undefined
    return k === 0 ? (
      <th key={fields[k]} scope="row" data-words="" data-none={isNone} title={text}>
        <button type="button" onClick={open}>
          {text}
        </button>
      </th>
    ) : (
      <td key={fields[k]} data-words="" data-none={isNone} title={text}>
        {text}
      </td>
    )
  })
}

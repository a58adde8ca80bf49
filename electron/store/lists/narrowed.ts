import type { ListValue } from '../../../shared/contract/lists.ts'
import { InspectorError } from '../../../shared/domain/errors.ts'
import type { Asked } from './asking.ts'
import type { FieldId } from '../../../shared/query/fields.ts'
import { isTraitField } from '../../../shared/query/trait-values.ts'
import { ByteSet, type ItemSet } from '../table/row-set.ts'
import type { Coded } from '../table/coded.ts'
import { pair, valueCodes, type ItemWords } from './item-words.ts'
import { columnOf } from './rows.ts'
import type { Subject } from './subject.ts'

/** The values by which a list is grouped. */
export function groupWords(asked: Asked, by: string): ItemWords {
  return asked.remember(`words ${by}`, () =>
    pair(asked.subject, groupCodes(asked.subject, by).coded, asked.matching.bytes),
  )
}

/** The codes of the values by which a list is counted. */
export function groupCodes({ table }: Subject, by: string): { readonly coded: Coded; readonly id: FieldId } {
  const column = columnOf(by)
  const coded = 'own' in column ? undefined : valueCodes(table, column.field)
  if (!coded || 'own' in column) throw onlyInRecords(by)
  return { coded, id: column.field.id }
}

/** A trait is missing only where an older build, which did not know it, read some span of the store. */
function onlyInRecords(by: string): InspectorError {
  const name = by.slice(0, 100)
  return new InspectorError(
    'lists/only-in-records',
    isTraitField(by)
      ? `An older build read this store and did not note the ${name} of its spans. Have it read again, with the button above the list or spanwise reread; then lists can be grouped by ${name}.`
      : `Lists cannot be grouped by ${name}: only the kept records hold it.`,
  )
}

/** The items of one group. */
export function narrowed(
  asked: Asked,
  { by, value }: { readonly by: string; readonly value: ListValue | null },
): ItemSet {
  const { coded, items, codes } = groupWords(asked, by)
  const found = value === null ? asked.shown.bytes.slice() : new Uint8Array(asked.subject.size)
  const isThat = new Map<number, boolean>()
  for (let k = 0; k < items.length; k++) {
    if (value === null) {
      found[items[k]!] = 0
      continue
    }
    const code = codes[k]!
    let same = isThat.get(code)
    if (same === undefined) isThat.set(code, (same = coded.decode(code) === value))
    if (same) found[items[k]!] = 1
  }
  return new ByteSet(found)
}

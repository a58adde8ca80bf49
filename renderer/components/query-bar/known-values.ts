import type { KnownValue, ValueProvider } from '../../../shared/query/complete.ts'
import { fieldOf, type FieldRef } from '../../../shared/query/fields.ts'
import { printField } from '../../../shared/query/print.ts'
import type { PageClient } from '../../state/client.ts'

const most = 20
/** Values that are looked through for a beginning, where the store gives the most frequent ones only. */
const mostLookedThrough = 500

/** What the store knows of values, the most frequent first. A store that cannot be asked offers nothing. */
export function valuesOf(client: PageClient, signal: AbortSignal): ValueProvider {
  const counted = async (field: string, prefix: string): Promise<readonly KnownValue[]> => {
    const input = { field: field.slice(0, 1000), prefix: prefix.slice(0, 1000), limit: most }
    const { values } = await client.ask('search.values', input, signal)
    return values
  }
  const amongSpans = async (field: FieldRef, prefix: string): Promise<readonly KnownValue[]> => {
    const input = { list: 'spans', fields: [printField(field)], limit: mostLookedThrough } as const
    const { facets } = await client.ask('lists.facets', input, signal)
    const begin = prefix.toLowerCase()
    return (facets[0]?.values ?? [])
      .map(({ value, count }) => ({ value: String(value), count }))
      .filter(({ value }) => value.toLowerCase().startsWith(begin))
      .slice(0, most)
  }
  return {
    values: async (field, prefix) => {
      // The names of scores are counted there, their values are not.
      const known = fieldOf(field.id).named ? [] : await counted(printField(field), prefix).catch(() => [])
      return known.length > 0 ? known : amongSpans(field, prefix).catch(() => [])
    },
    names: (field, prefix) => counted(field === '@' ? '@' : `${field}.`, prefix).catch(() => []),
  }
}

import { InspectorError } from '../../../shared/domain/errors.ts'
import { normalizeId } from '../../../shared/domain/ids.ts'
import type { Asker } from './inspect.ts'

/** The row of a trace by its id, as written or in the form the store joins ids in (lower-case hex), or the beginning of one. */
export async function findTrace({ ask }: Asker, written: string): Promise<number> {
  const spellings = new Set([written, normalizeId(written) ?? written, written.toLowerCase()])
  for (const traceId of spellings) {
    const { id, several } = await ask('traces.find', { traceId, prefix: true })
    if (id !== null) return id
    if (several && several.length > 0) {
      throw new InspectorError('cli/ambiguous', `Several traces begin with ${written}: ${several.join(', ')} …`)
    }
  }
  throw new InspectorError('cli/no-trace', `The store has no trace ${written}.`)
}

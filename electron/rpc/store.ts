import type { Handlers } from '../../shared/contract/index.ts'
import { rules } from '../import/rules.ts'
import { listScoreFiles } from '../store/given-scores.ts'
import { listImports } from '../store/imports.ts'
import { listMappings } from '../store/mappings.ts'
import type { Store } from '../store/open.ts'
import { rereadingStatus } from '../store/rereading.ts'
import { summarize } from '../store/summary.ts'

/** What the store says about itself. */
export function storeHandlers(
  store: Store,
): Pick<Handlers, 'store.summary' | 'imports.list' | 'imports.mappings' | 'rereading.status' | 'scores.list'> {
  return {
    'store.summary': () => summarize(store),
    'rereading.status': () => rereadingStatus(store, rules),
    'imports.list': () => ({ imports: listImports(store) }),
    'scores.list': () => ({ files: listScoreFiles(store) }),
    'imports.mappings': async () => ({ mappings: await listMappings(store) }),
  }
}

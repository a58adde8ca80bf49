import type { Handlers } from '../../shared/contract/index.ts'
import { listScoreFiles } from '../store/given-scores.ts'
import { listImports } from '../store/imports.ts'
import { listMappings } from '../store/mappings.ts'
import type { Store } from '../store/open.ts'
import { readDraft } from '../store/prompts/drafts.ts'
import { isComplete } from '../store/prompts/state.ts'

/** What the store says about itself. */
export function storeHandlers(
  store: Store,
): Pick<Handlers, 'imports.list' | 'imports.mappings' | 'scores.list' | 'prompts.complete' | 'prompts.draft'> {
  return {
    'prompts.complete': () => ({ complete: store.snapshot(() => isComplete(store)) }),
    'prompts.draft': input => readDraft(store, input),
    'imports.list': () => ({ imports: listImports(store) }),
    'scores.list': () => ({ files: listScoreFiles(store) }),
    'imports.mappings': async () => ({ mappings: await listMappings(store) }),
  }
}

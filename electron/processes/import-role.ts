import { importHandlers, scoreHandlers, uploadAnswers } from '../rpc/imports.ts'
import { reread } from '../import/reading.ts'
import { currentBook } from '../prices/current.ts'
import { repriceHandlers } from '../rpc/prices.ts'
import { keepHandlers, keepLeftAnswers } from '../rpc/keep-answer.ts'
import { openStore } from '../store/open.ts'
import { keepBook } from '../store/price-book.ts'
import { recoverStore } from '../store/recover.ts'
import { ImportDesk } from './import-desk.ts'
import type { Role } from './process.ts'

const interrupted = {
  code: 'process/died',
  message:
    'This import was interrupted: the process that ran it ended, perhaps for want of memory. What it had stored is kept. ' +
    'Import the file again to go on: nothing is stored twice.',
}

/** Parses and writes. It may be killed at any time: the next one finds a whole store and tidies up. */
export const importer: Role = ({ storePath, samplePath, priceFolder, create = false }, emit) => {
  const store = openStore(storePath, { create })
  keepBook(store, currentBook(priceFolder).book, Date.now())
  for (const id of recoverStore(store, { reread })) {
    emit('imports.ended', { import: id, state: 'partial', error: interrupted })
    emit('store.changed', { import: id })
  }
  const desk = new ImportDesk(store, emit)
  const keep = keepHandlers(store, desk)
  void keepLeftAnswers(store, keep)
  return {
    answers: {
      ...repriceHandlers(store, priceFolder, () => emit('store.changed', {})),
      ...importHandlers(desk, samplePath),
      ...scoreHandlers(desk),
      ...uploadAnswers(desk),
      ...keep,
    },
    close: async () => {
      await desk.close()
      store.close()
    },
  }
}

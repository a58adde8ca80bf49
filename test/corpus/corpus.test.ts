// Every third-party file of a format we read, against what an independent reader counted in it.

import { copyFileSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { corpusFile, corpusIsMissing, differences, readExpected } from '../helpers/corpus-files.ts'
import { pieces } from '../helpers/fixtures.ts'
import { importHere } from '../helpers/import-here.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import { claimed, coverageOf, dialectLater, ours } from './covered.ts'

describe.skipIf(corpusIsMissing !== undefined)(
  `the corpus${corpusIsMissing ? ` is not checked: ${corpusIsMissing}` : ''}`,
  () => {
    const expected = readExpected()

    test('every file with known figures is claimed, or said to be for later', () => {
      expect([...expected.keys()].filter(file => coverageOf(file) === undefined)).toEqual([])
      expect([...claimed, ...Object.keys(dialectLater)].filter(file => !expected.has(file))).toEqual([])
    })

    test.concurrent.for(claimed)('%s', async (file, { expect }) => {
      using folder = temporaryFolder()
      const store = folder.file('store.spanwise')
      const receipt = await importHere(store, corpusFile(file))
      expect(differences(ours[file] ?? expected.get(file) ?? {}, receipt.totals), 'figures that differ').toBe('')

      const first = receipt.files[0]
      const renamed = folder.file('renamed.bin')
      copyFileSync(corpusFile(file), renamed)
      const again = await importHere(store, renamed)
      expect(again.files[0], 'the same file, renamed, imported a second time').toMatchObject({
        format: first?.format,
        conventions: first?.conventions,
        traces: first?.traces,
        spans: first?.spans,
        calls: first?.calls,
        unreadable: first?.unreadable,
        added: 0,
        known: first?.spans,
      })

      const sent = await importHere(store, '-', pieces(readFileSync(renamed)))
      expect(sent.files[0], 'the same bytes in pieces').toMatchObject({
        format: first?.format,
        spans: first?.spans,
        calls: first?.calls,
        unreadable: first?.unreadable,
        added: 0,
        known: first?.spans,
      })
    })

    test.concurrent.for(Object.keys(dialectLater))('%s still needs its dialect', async (file, { expect }) => {
      using folder = temporaryFolder()
      const receipt = await importHere(folder.file('store.spanwise'), corpusFile(file))
      const right = differences(expected.get(file) ?? {}, receipt.totals) === ''
      expect(right, 'It has come right: move it to `claimed` in covered.ts.').toBe(false)
    })
  },
)

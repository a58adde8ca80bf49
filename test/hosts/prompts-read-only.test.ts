import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Recovery } from '../../shared/contract/prompts.ts'
import { prompter } from '../../electron/processes/prompts-role.ts'
import { importHere } from '../helpers/import-here.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

test('of a store that cannot be written the status is still told, and why nothing more is recovered', async () => {
  using folder = temporaryFolder()
  const storePath = folder.file('closed.spanwise')
  const row = { trace_id: 'a', span_id: 'b', name: 'ask', model_name: 'small', messages: [], output: 'Done.' }
  writeFileSync(folder.file('dump.jsonl'), `${JSON.stringify(row)}\n`)
  await importHere(storePath, folder.file('dump.jsonl'))
  expect(existsSync(`${storePath}-shm`)).toBe(false)
  // As root may write to any folder, the file that SQLite needs there cannot be made instead.
  mkdirSync(`${storePath}-shm`)
  const { answers, ...role } = await prompter({ storePath }, () => {})
  const never = { aborted: false, addEventListener: () => {}, removeEventListener: () => {} }
  const status = (await answers['prompts.wait']!({}, never)) as Recovery
  expect(status).toMatchObject({ state: 'failed', message: expect.stringContaining('written') })
  expect(answers['prompts.status']!({}, never)).toEqual(status)
  await role.close()
})

// Bodies that are built satisfy the types of the providers' own SDKs, whose next version then says what has changed. The SDKs
// are for their types alone and are never loaded.

import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import type { JsonObject } from '../../shared/domain/json.ts'
import { buildBody } from '../../shared/replay/build-body.ts'
import { callOfBody } from '../../shared/replay/body-call.ts'
import { dialectOf } from '../../shared/replay/dialects/index.ts'
import { Notes, type DialectId } from '../../shared/replay/types.ts'
import { checkout } from '../helpers/product.ts'
import { bodies } from './bodies.ts'

const sdks = {
  'openai-chat': { name: 'openai', type: "import('openai').OpenAI.ChatCompletionCreateParams" },
  'openai-responses': { name: 'openai', type: "import('openai').OpenAI.Responses.ResponseCreateParams" },
  // The SDK knows the newest version only, which has no sampling; requests of the one before have.
  anthropic: {
    name: '@anthropic-ai/sdk',
    type: "import('@anthropic-ai/sdk').Anthropic.MessageCreateParams & { temperature?: number; top_p?: number; top_k?: number }",
  },
} as const

const isInstalled = Object.values(sdks).every(({ name }) => existsSync(path.join(checkout, 'node_modules', name)))

/** Every dialect's body as each of these would be sent it: its own, and those of the others. */
function program(): string {
  const lines = Object.entries(sdks).flatMap(([id, { type }]) =>
    (Object.keys(bodies) as DialectId[]).map((from, i) => {
      const call = callOfBody(bodies[from] as JsonObject, dialectOf(from), { model: 'm', stream: false }, new Notes())
      const { body } = buildBody(call, dialectOf(id as DialectId))
      const whole = { ...body, ...(id === 'anthropic' ? { max_tokens: 9 } : {}) }
      return `export const ${id.replaceAll('-', '_')}_${i}: ${type} = ${JSON.stringify(whole)}`
    }),
  )
  return `${lines.join('\n')}\n`
}

test.skipIf(!isInstalled)('bodies satisfy the types of the official SDKs', { timeout: 120_000 }, () => {
  const folder = path.join(checkout, 'node_modules/.cache/sdk-types')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  writeFileSync(path.join(folder, 'bodies.ts'), program())
  const options = { strict: true, noEmit: true, skipLibCheck: true, module: 'nodenext', target: 'es2024', types: [] }
  writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, files: ['bodies.ts'] }))
  let said = ''
  try {
    execFileSync(process.execPath, [path.join(checkout, 'node_modules/typescript/bin/tsc'), '-p', folder], {
      encoding: 'utf8',
    })
  } catch (error) {
    said = String((error as { stdout?: unknown }).stdout)
  }
  expect(said).toBe('')
})

// Writes resources/prices/prices.json from @pydantic/genai-prices (MIT), which is a development dependency and never runs in
// the product: npm run prices -- 2026-09-23, the day of the package's release. A test says when the file is not current.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { waitForUpdate } from '@pydantic/genai-prices'

export const frozenFile = fileURLToPath(new URL('../../resources/prices/prices.json', import.meta.url))
const packageFile = fileURLToPath(new URL('../../node_modules/@pydantic/genai-prices/package.json', import.meta.url))

/** One provider a line, so that a change of prices can be read. */
export async function freezePrices(date: string): Promise<string> {
  const { version }: { version: string } = JSON.parse(readFileSync(packageFile, 'utf8'))
  const providers = (await waitForUpdate()) ?? []
  const lines = providers.map(provider => {
    const { id, name, pricing_urls, provider_match, model_match, fallback_model_providers } = provider
    const models = provider.models.map(({ id, match, prices }) => ({ id, match, prices }))
    const kept = { id, name, pricing_urls, provider_match, model_match, fallback_model_providers, models }
    return JSON.stringify(kept, withoutNoise)
  })
  const head = { source: '@pydantic/genai-prices', version, date, license: 'MIT' }
  return `${JSON.stringify(head).slice(0, -1)},"providers":[\n${lines.join(',\n')}\n]}\n`
}

/** What a product of doubles added to a price: 0.18000000000000002. */
function withoutNoise(_: string, value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toPrecision(15)) : value
}

export function frozenDate(): string {
  const { date }: { date: string } = JSON.parse(readFileSync(frozenFile, 'utf8'))
  return date
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const date = process.argv[2]
  if (!date || !/^\d{4}-\d{2}-\d{2}$/.test(date)) throw new Error('Name the day of the release: 2026-09-23')
  writeFileSync(frozenFile, await freezePrices(date))
}

import type { Dialect } from '../../../../shared/replay/dialects/dialect.ts'
import type { BodyForm } from './body-form.ts'

/** Tokens after which the provider ends the answer, where the request says so. */
export function capOf(form: BodyForm | undefined, dialect: Dialect): number | undefined {
  const names = new Set([dialect.words.maxTokens, dialect.wordFor?.('maxTokens', form?.model)])
  const said = form?.parameters.find(({ label, kind }) => kind === 'number' && names.has(label))
  return typeof said?.value === 'number' && said.value > 0 ? said.value : undefined
}

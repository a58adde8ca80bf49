import type { JsonObject, JsonValue } from '../../../shared/domain/json.ts'
import type { Span } from '../../../shared/domain/span.ts'

/** What files say of a prompt beside its name: under which words, wherever "prompt" or "template" stands before them. */
const words = {
  owners: /prompt[\w.]*[._-]?owner$|prompt[\w.]*[._-]?team$/i,
  authors: /prompt[\w.]*[._-]?(?:author|created_?by|commit_?author)$/i,
  approvals: /prompt[\w.]*[._-]?(?:approval(?:_?status)?|approved(?:_?by)?|review_?status)$/i,
  deployments: /prompt[\w.]*[._-]?(?:deployed(?:_?at)?|deployment(?:_?time)?|released(?:_?at)?)$/i,
} as const

const most = 20

/** Distinct values, in the order in which calls say them. */
export function saidOfPrompt(spans: readonly Span[]) {
  const labels = new Set<string>()
  const environments = new Set<string>()
  const releases = new Set<string>()
  const found = {
    owners: new Set<string>(),
    authors: new Set<string>(),
    approvals: new Set<string>(),
    deployments: new Set<string>(),
  }
  for (const { prompt, environment, release, attributes, metadata } of spans) {
    if (prompt?.label !== undefined) labels.add(prompt.label)
    if (environment !== undefined) environments.add(environment)
    if (release !== undefined) releases.add(release)
    for (const [name, value] of [...plainIn(attributes), ...plainIn(metadata ?? {})]) {
      for (const key of Object.keys(words) as (keyof typeof words)[]) if (words[key].test(name)) found[key].add(value)
    }
  }
  const list = (values: ReadonlySet<string>) => [...values].slice(0, most)
  return {
    labels: list(labels),
    environments: list(environments),
    releases: list(releases),
    owners: list(found.owners),
    authors: list(found.authors),
    approvals: list(found.approvals),
    deployments: list(found.deployments),
  }
}

/** Texts and numbers of an object by their names, of what is about prompts one level deeper too. */
function plainIn(object: JsonObject): [string, string][] {
  const found: [string, string][] = []
  const put = (name: string, value: JsonValue | undefined): void => {
    if (typeof value === 'string' || typeof value === 'number') found.push([name, String(value).slice(0, 200)])
  }
  for (const [name, value] of Object.entries(object)) {
    put(name, value)
    if (value !== null && typeof value === 'object' && !Array.isArray(value) && /prompt|template/i.test(name)) {
      for (const [inner, deep] of Object.entries(value)) put(`prompt.${inner}`, deep)
    }
  }
  return found
}

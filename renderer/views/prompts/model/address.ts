/** A version by name; null: calls that name the prompt and no version of it. */
export type VersionName = string | null

export const promptTabs = ['difference', 'draft', 'evidence', 'comparison', 'inputs', 'timeline', 'calls'] as const
export type PromptTab = (typeof promptTabs)[number]

/** What the address says. Absent: nobody chose. */
export interface PromptAddress {
  readonly from?: VersionName
  readonly to?: VersionName
  readonly tab: PromptTab
}

export function readAddress(query: URLSearchParams): PromptAddress {
  const tab = query.get('tab')
  const version = (name: 'from' | 'to') => {
    const said = query.get(name)
    return said === null ? {} : { [name]: said === '' ? null : said }
  }
  return { ...version('from'), ...version('to'), tab: promptTabs.find(one => one === tab) ?? 'difference' }
}

/** No version has an empty name, so that is what none is written as. */
export function writeVersion(version: VersionName): string {
  return version ?? ''
}

/** The calls that match, as a list. */
export function callsMatching(query: string): string {
  return query === '' ? '/calls' : `/calls?${new URLSearchParams({ q: query }).toString()}`
}

/** Where a prompt is shown; `version` is the one that is looked at. */
export function promptAddress(name: string, version?: string): string {
  const path = `/prompt/${encodeURIComponent(name)}`
  return version === undefined ? path : `${path}?${new URLSearchParams({ to: version }).toString()}`
}

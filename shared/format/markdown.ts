/** A block of code, fenced so that nothing in it ends the fence. */
export function fenced(text: string, language = ''): string {
  const runs = text.match(/`{3,}/g) ?? []
  const fence = '`'.repeat(Math.max(3, ...runs.map(run => run.length + 1)))
  return `${fence}${language}\n${text}\n${fence}`
}

/** Names and the like, on the line they are put into. */
export function oneLine(text: string): string {
  return text.slice(0, 400).replaceAll(/\s+/g, ' ').trim()
}

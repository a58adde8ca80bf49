/** Characters a line may have on the average before fewer lines are shown. */
const foldedCharacters = 160

/** The beginning of a text. Undefined when the text is not clearly longer than `lines` lines. */
export function firstLines(text: string, lines: number): { readonly text: string; readonly lines: number } | undefined {
  let end = -1
  let count = 1
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
    if (count === lines) end = at
    count++
  }
  const most = lines * foldedCharacters
  if (count <= lines + 2 && text.length <= most * 1.5) return undefined
  return { text: text.slice(0, Math.min(end < 0 ? Infinity : end, most)), lines: count }
}

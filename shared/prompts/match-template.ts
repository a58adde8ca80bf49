import { valuesIn } from './gaps.ts'
import { placesIn, type Template } from './template.ts'

/** Whether a text is made from a template, with nothing else in it: every stretch between its lines is as in the others. */
export function isMadeFrom(template: Pick<Template, 'lines' | 'gaps'>, text: string): boolean {
  const places = placesIn(text, template.lines)
  return (
    places !== undefined &&
    template.gaps.every((gap, g) => {
      const { from, to } = places.gaps[g]!
      const here = text.slice(from, to)
      return valuesIn(here, gap) !== undefined || (here.trim() === '' && gap.pieces.join('').trim() === '')
    })
  )
}

/** The template that says most of a text, by its place; undefined where it is made from none. */
export function bestTemplate(templates: readonly Pick<Template, 'lines' | 'gaps'>[], text: string): number | undefined {
  let [best, most] = [undefined as number | undefined, -1]
  for (const [n, template] of templates.entries()) {
    const fixed = fixedLength(template)
    // What has nothing of its own fits everything.
    if (fixed <= most || fixed === 0 || !isMadeFrom(template, text)) continue
    best = n
    most = fixed
  }
  return best
}

/** Characters that every text of a template has. */
export function fixedLength({ lines, gaps }: Pick<Template, 'lines' | 'gaps'>): number {
  const ofLines = lines.reduce((sum, { text }) => sum + text.length, 0)
  return gaps.reduce((sum, { pieces }) => sum + pieces.join('').trim().length, ofLines)
}

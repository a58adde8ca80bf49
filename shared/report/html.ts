import { visibleLine, visibleText } from '../format/visible-text.ts'

/** Text that is markup already: made by `html` only. */
export class Markup {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

type Part = Markup | string | number | undefined | readonly Part[]

/** A template whose values are text, unless they are markup themselves. */
export function html(pieces: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(pieces.map((piece, i) => piece + printPart(parts[i])).join(''))
}

function printPart(part: Part): string {
  if (part === undefined) return ''
  if (part instanceof Markup) return part.text
  if (typeof part === 'string' || typeof part === 'number') return escape(String(part))
  return part.map(printPart).join('')
}

const entities: { readonly [char: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, char => entities[char]!)
}

/** A name from a trace: on one line, with what nobody sees made visible. */
export function nameText(text: string): string {
  return visibleLine(text, 200)
}

/** A text from a trace, with its lines. */
export function longText(text: string): string {
  return visibleText(text)
}

import { InspectorError } from '../../shared/domain/errors.ts'

// How streamed answers are cut: lines of a text that comes in any pieces, and events of lines.
// https://html.spec.whatwg.org/multipage/server-sent-events.html

/** Cuts bytes into lines, which end in CR, LF or both. One that grows past `most` characters is refused, not held. */
export class LineCutter {
  private readonly most: number
  private readonly decoder = new TextDecoder()
  private rest = ''
  /** The last character was a CR: an LF that follows belongs to it. */
  private afterReturn = false

  constructor(most: number) {
    this.most = most
  }

  push(bytes: Uint8Array): string[] {
    let text = this.decoder.decode(bytes, { stream: true })
    if (text === '') return []
    if (this.afterReturn && text.startsWith('\n')) text = text.slice(1)
    this.afterReturn = text.endsWith('\r')
    const lines = text.split(/\r\n|\n|\r/)
    lines[0] = this.rest + lines[0]!
    this.rest = lines.pop()!
    for (const line of [...lines, this.rest]) if (line.length > this.most) throw tooLong(this.most)
    return lines
  }

  /** What stood behind the last line's end. */
  end(): string {
    return this.rest + this.decoder.decode()
  }
}

/** Joins lines to events: answers what an event said, when the empty line that ends it comes. */
export class EventJoiner {
  private readonly most: number
  private data: string[] = []
  private length = 0

  constructor(most: number) {
    this.most = most
  }

  push(line: string): string | undefined {
    if (line === '') {
      const said = this.data.length > 0 ? this.data.join('\n') : undefined
      this.data = []
      this.length = 0
      return said
    }
    // Comments and all other fields: names and numbers of events stand in what they say, too.
    const field = /^data(?:: ?|$)/.exec(line)
    if (!field) return undefined
    const value = line.slice(field[0].length)
    this.length += value.length
    if (this.length > this.most) throw tooLong(this.most)
    this.data.push(value)
    return undefined
  }
}

function tooLong(most: number): InspectorError {
  return new InspectorError(
    'replay/too-long',
    `A line of the answer is longer than ${most} characters; it was cut off.`,
  )
}

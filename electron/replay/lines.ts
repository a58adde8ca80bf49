import { createParser } from 'eventsource-parser'
import { InspectorError } from '../../shared/domain/errors.ts'

// How streamed answers are cut, whatever pieces they come in.

/** Cuts a text, and hands over what it says one by one. What grows past the limit is refused, not held. */
export interface Cutter {
  push(text: string): void
  /** Nothing comes any more. */
  end(): void
}

/** Of an event that has one, its name. */
type Take = (said: string, name?: string) => void

/**
 * What the events of a stream say (https://html.spec.whatwg.org/multipage/server-sent-events.html), and their names, which
 * mostly stand in what they say, too. One that was not ended never came. `most`: characters.
 */
export function eventCutter(most: number, take: Take): Cutter {
  const parser = createParser({
    maxBufferSize: most,
    onEvent({ data, event }) {
      // Its own limit is on what is held: an event that one piece brings whole is never held.
      if (data.length > most) throw tooLong(most)
      take(data, event)
    },
    onError({ type }) {
      if (type === 'max-buffer-size-exceeded') throw tooLong(most)
    },
  })
  return { push: text => parser.feed(text), end: () => {} }
}

/** Lines of a text; the last one may be without its end. */
export function lineCutter(most: number, take: Take): Cutter {
  let rest = ''
  const check = (line: string): string => {
    if (line.length > most) throw tooLong(most)
    return line
  }
  return {
    push(text) {
      const lines = (rest + text).split('\n')
      rest = lines.pop()!
      for (const line of lines) take(check(line))
      check(rest)
    },
    end: () => take(rest),
  }
}

function tooLong(most: number): InspectorError {
  return new InspectorError(
    'replay/too-long',
    `A line of the answer is longer than ${most} characters; it was cut off.`,
  )
}

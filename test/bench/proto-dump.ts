import { closeSync, openSync, readFileSync, writeSync } from 'node:fs'
import { encodeRequest, frame } from '../helpers/otlp-proto.ts'

/** The requests of an OTLP/JSON dump as protobuf, framed as the collector's file exporter frames them. */
export function writeProtoDump(dump: string, to: string): void {
  const file = openSync(to, 'w')
  try {
    const bytes = readFileSync(dump)
    for (let start = 0; start < bytes.length;) {
      const newline = bytes.indexOf(10, start)
      const end = newline < 0 ? bytes.length : newline
      if (end > start) writeSync(file, frame([encodeRequest(JSON.parse(bytes.toString('utf8', start, end)) as object)]))
      start = end + 1
    }
  } finally {
    closeSync(file)
  }
}

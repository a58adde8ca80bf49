import type { Facts } from '../../shared/conventions/index.ts'
import { toJson } from '../../shared/conventions/values.ts'
import type { JsonValue } from '../../shared/domain/json.ts'
import type { RawSpan } from '../../shared/domain/raw-span.ts'
import { printTraits } from '../../shared/domain/traits.ts'

type Said = Pick<Facts, 'agent' | 'team' | 'operation' | 'streamed'> & { readonly tool?: string }

const most = 10_000

/** Texts of what was said before, and what the last span said: those that follow one another often say the same. */
const texts = new Map<string, string | undefined>()
let last: Said & { readonly service: JsonValue | undefined; readonly text: string | undefined } = {
  service: undefined,
  text: undefined,
}

/** What a span says that many others say too, as one text. */
export function traitText(
  { agent, team, kind, operation, toolName, streamed, tags }: Facts,
  { resource }: RawSpan,
): string | undefined {
  // Other spans name the tool they chose: they did not run it.
  const tool = kind === 'tool' ? toolName : undefined
  const given = resource['service.name']
  const service = given === undefined ? undefined : toJson(given)
  const print = (): string | undefined =>
    printTraits({
      ...(agent === undefined ? {} : { agent }),
      ...(operation === undefined ? {} : { operation }),
      ...(team === undefined ? {} : { team }),
      ...(tool === undefined ? {} : { tool }),
      ...(tags === undefined ? {} : { tags }),
      ...(streamed === true ? { streamed } : {}),
      ...(service === undefined ? {} : { service }),
    })
  if (tags !== undefined || (service !== undefined && typeof service !== 'string')) return print()
  const isSame =
    service === last.service &&
    agent === last.agent &&
    team === last.team &&
    operation === last.operation &&
    tool === last.tool &&
    streamed === last.streamed
  if (isSame) return last.text
  const key = `${service ?? ''}\0${agent ?? ''}\0${operation ?? ''}\0${tool ?? ''}\0${team ?? ''}\0${streamed === true}`
  let text = texts.get(key)
  if (text === undefined) {
    if (texts.size >= most) texts.clear()
    texts.set(key, (text = print()))
  }
  last = {
    service,
    text,
    ...(agent === undefined ? {} : { agent }),
    ...(operation === undefined ? {} : { operation }),
    ...(team === undefined ? {} : { team }),
    ...(tool === undefined ? {} : { tool }),
    ...(streamed === undefined ? {} : { streamed }),
  }
  return text
}

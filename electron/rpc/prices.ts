import type { Handlers } from '../../shared/contract/index.ts'
import type { SpanCost } from '../../shared/contract/prices.ts'
import { nanoToDecimal } from '../../shared/domain/numbers.ts'
import type { Span, Usage } from '../../shared/domain/span.ts'
import type { PriceBook } from '../../shared/money/book.ts'
import { Pricer } from '../../shared/money/pricer.ts'
import { computeSpan } from '../../shared/money/span-cost.ts'
import { testRegex } from '../prices/bundled.ts'
import { currentBook, listFileOf, rulesFileOf, usableBook } from '../prices/current.ts'
import { checkedRules, importPriceList, ownRules, putOwnRules } from '../prices/own-files.ts'
import { createSpanReader } from '../import/reading.ts'
import type { Store } from '../store/open.ts'
import { hasEarlierBook, pricerOf, putBook, undoBook, usesBook } from '../store/price-book.ts'
import { modelsOf, previewPrices } from '../store/table/repricing.ts'
import { tableOf } from '../store/table/table.ts'

/** What costs are computed by; `folder` is where a person's own prices lie. */
export function priceHandlers(
  store: Store,
  folder: string | undefined,
): Pick<
  Handlers,
  | 'spans.cost'
  | 'prices.estimate'
  | 'prices.status'
  | 'prices.preview'
  | 'prices.models'
  | 'prices.rules'
  | 'prices.putRules'
  | 'prices.importList'
> {
  const spans = createSpanReader(store)
  return {
    'spans.cost': ({ id }) => {
      const span = spans.read(id)
      const cost = span && costOf(pricerOf(store), span)
      return cost ? { cost } : {}
    },
    'prices.estimate': ({ id, model, input, output }) => {
      const span = spans.read(id)
      const cost = span && costOf(pricerOf(store), wouldBe(span, model, { input, output }))
      return cost ? { cost } : {}
    },
    'prices.status': () => {
      const { book, wrong } = currentBook(folder)
      const used = pricerOf(store).book
      return {
        used: listOf(used),
        current: listOf(book),
        differs: !usesBook(store, book),
        canUndo: hasEarlierBook(store),
        ...(folder === undefined ? {} : { rulesFile: rulesFileOf(folder), listFile: listFileOf(folder) }),
        wrong: [...wrong],
      }
    },
    'prices.preview': ({ rules }) => {
      const book = usableBook(folder)
      const wanted = rules ? { ...book, rules: checkedRules(rules) } : book
      return previewPrices(tableOf(store), new Pricer(wanted, testRegex))
    },
    'prices.rules': () => ownRules(folder),
    'prices.putRules': ({ rules, revision }) => ({ revision: putOwnRules(folder, rules, revision) }),
    'prices.importList': ({ text }) => importPriceList(folder, text),
    'prices.models': () => ({ models: modelsOf(tableOf(store), pricerOf(store)) }),
  }
}

/** What changes them: answered by whoever writes. */
export function repriceHandlers(
  store: Store,
  folder: string | undefined,
  changed: () => void,
): Pick<Handlers, 'prices.apply' | 'prices.undo'> {
  return {
    'prices.apply': () => {
      store.mustBeWritable()
      putBook(store, usableBook(folder), Date.now())
      changed()
      return {}
    },
    'prices.undo': () => {
      store.mustBeWritable()
      undoBook(store)
      changed()
      return {}
    },
  }
}

/** The call as it would be now. Whatever its file says of its price is of the one that was. */
function wouldBe(span: Span, model: string | undefined, usage: Usage): Span {
  const { recordedCost: _cost, provider, marks: _marks, ...rest } = span
  const asked = model ?? span.model ?? span.requestModel
  const isSame = model === undefined || model === span.model || model === span.requestModel
  return {
    ...rest,
    usage,
    startTime: String(BigInt(Date.now()) * 1_000_000n),
    ...(asked === undefined ? {} : { model: isSame ? (span.model ?? asked) : asked }),
    ...(isSame && provider !== undefined ? { provider } : {}),
  }
}

function listOf({ source, version, date, rules }: PriceBook) {
  return { source, version, date, rules: rules.length }
}

function costOf(pricer: Pricer, span: Span): SpanCost | undefined {
  const found = computeSpan(pricer, span)
  if (!found) return undefined
  const list = listOf(pricer.book)
  if ('unknown' in found) return { unknown: found.unknown, list }
  const { match, factors, constraint } = found.price
  return {
    list,
    cost: {
      dollars: nanoToDecimal(found.nano),
      lines: found.lines,
      ...(match.provider === undefined ? {} : { provider: match.provider }),
      model: match.model,
      ...(match.rule ? { rule: match.rule } : {}),
      kind: match.kind,
      hints: match.hints,
      factors,
      ...(constraint === undefined
        ? {}
        : {
            from:
              constraint.type === 'start_date'
                ? constraint.start_date
                : `${constraint.start_time} to ${constraint.end_time}`,
          }),
      asWhole: found.asWhole,
    },
  }
}

import {
  formatChange,
  formatCount,
  formatDollars,
  formatMoney,
  formatPlural,
  formatShare,
  formatTokens,
  unknown,
} from '../format/numbers.ts'
import { formatDateTime, formatDuration } from '../format/times.ts'
import { drawSection, drawTexts, scoreText } from './draw-section.ts'
import { html, nameText, type Markup } from './html.ts'
import { nameOfMonth } from './month.ts'
import type { MonthReport } from './month-report.ts'
import { pageStyle } from './page-style.ts'

/** Nothing is run, fetched, framed or sent: styles of its own are all that a page has. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

/** The month as one page that needs nothing else. */
export function printHtml(report: MonthReport): string {
  const { month, zone, made, isPartial, sections, lacks } = report
  const title = `Costs of model calls, ${nameOfMonth(month)}`
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        <style>
          ${style}
        </style>
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          <p class="muted">Days of ${zone}. Made ${formatDateTime(made * 1000, zone)} by Spanwise.</p>
          ${isPartial ? html`<p><strong>Not all was read when this was made: an import was running.</strong></p>` : undefined}
          ${drawTotals(report)} ${drawLedgers(report)} ${drawDays(report)}
          ${sections.map(section => [drawSection(section, report), drawTexts(section)])} ${drawSuccesses(report)}
          ${drawUnpriced(report)}
          <h2>What this month does not say</h2>
          ${
            lacks.length === 0
              ? html`<p>Every call says whose, what for, by which prompt and when.</p>`
              : html`<ul>
                  ${lacks.map(one => html`<li>${one}</li>`)}
                </ul>`
          }
          ${drawNotes(report)}
        </main>
      </body>
    </html> `
  return page.text
}

/** Ours: no text of a trace is in it. */
const style = html([pageStyle] as unknown as TemplateStringsArray)

function drawTotals({ total: { now, before }, scoreNames, total }: MonthReport): Markup {
  const tile = (name: string, value: string, small: string) =>
    html`<div>
      <dt>${name}</dt>
      <dd>${value}<small>${small}</small></dd>
    </div>`
  const change = (a: number, b: number) => {
    const text = formatChange(a, b)
    return text === '' ? 'nothing the month before' : text === 'new' ? 'new' : `${text} on the month before`
  }
  return html`<dl>
    ${tile('Cost', formatMoney(now.cost), change(now.cost, before.cost))}
    ${tile('Calls', formatCount(now.calls), change(now.calls, before.calls))}
    ${tile('Cost per call', formatMoney(now.costPerCall), change(now.costPerCall, before.costPerCall))}
    ${tile('Tokens in', formatTokens(now.input), Number.isNaN(now.cacheRead) ? 'none from a cache' : `${formatShare(now.cacheRead, now.input)} from a cache`)}
    ${tile('Tokens out', formatTokens(now.output), change(now.output, before.output))}
    ${tile('Latency', formatDuration(now['latency.p50']), `95 of 100 within ${formatDuration(now['latency.p95'])}`)}
    ${tile('Failed calls', formatCount(now.errors), `${formatCount(now.retries)} tried again${Number.isNaN(now.errorCost) ? '' : `; cost ${formatMoney(now.errorCost)}`}`)}
    ${scoreNames
      .slice(0, 4)
      .map((name, s) =>
        total.scored[s]! > 0
          ? tile(nameText(name), scoreText(total.scores[s]!), `mean of ${formatPlural(total.scored[s]!, 'trace')}`)
          : undefined,
      )}
  </dl>`
}

function drawLedgers({ total, filled }: MonthReport): Markup {
  const { calls, unpriced } = total.now
  const said = calls - unpriced - filled
  return html`<p>
    ${formatPlural(said, 'call')} ${said === 1 ? 'says what it costs' : 'say what they cost'}:
    ${dollars(total.recorded)}. The cost of ${formatCount(filled)} more is computed from their tokens and dated prices;
    all calls that can be priced come to ${dollars(total.computed)} that way.
    ${unpriced === 0 ? 'No call is without a cost.' : `${formatPlural(unpriced, 'call')} (${formatShare(unpriced, calls)}) have no known cost and are in no sum.`}
  </p>`
}

function dollars(digits: string | null): string {
  return digits === null ? 'nothing' : formatDollars(digits)
}

function drawDays({ days }: MonthReport): Markup | undefined {
  const most = Math.max(0, ...days.map(({ cost }) => cost || 0))
  if (days.length === 0 || most === 0) return undefined
  const height = (cost: number) => Math.max(cost > 0 ? 1 : 0, ((cost || 0) / most) * 100).toFixed(2)
  const words = (day: (typeof days)[number]) =>
    `${day.day}: ${formatMoney(day.cost)}, ${formatPlural(day.calls, 'call')}`
  return html`<h2>Day by day</h2>
    <div class="days" role="img" aria-label="Cost of each day with calls; the table below has the numbers">
      ${days.map(day => html`<span style="height:${height(day.cost)}%" title="${words(day)}"></span>`)}
    </div>
    <div class="ends" aria-hidden="true">
      <span>${days[0]!.day}</span><span>at most ${formatMoney(most)} a day</span><span>${days.at(-1)!.day}</span>
    </div>
    <details>
      <summary>Numbers of each day</summary>
      <table>
        <thead>
          <tr>
            <th class="key" scope="col">Day</th>
            <th scope="col">Cost</th>
            <th scope="col">Calls</th>
          </tr>
        </thead>
        <tbody>
          ${days.map(
            day =>
              html`<tr>
                <th class="key" scope="row">${day.day}</th>
                <td>${formatMoney(day.cost)}</td>
                <td>${formatCount(day.calls)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </details>`
}

function drawSuccesses({ successes, total }: MonthReport): Markup | undefined {
  if (successes.length === 0) return undefined
  return html`<h2>Cost per success</h2>
    <div class="scroll">
      <table>
        <caption>
          A trace is a success where a span of it matches; what the traces of its feature cost is shared among these.
        </caption>
        <thead>
          <tr>
            <th class="key" scope="col">Success</th>
            <th class="key" scope="col">Query</th>
            <th scope="col">Successes</th>
            <th scope="col">Of ${formatPlural(total.now.traces, 'trace')}</th>
            <th scope="col">Cost per success</th>
            <th scope="col">Change</th>
          </tr>
        </thead>
        <tbody>
          ${successes.map(
            one =>
              html`<tr>
                <th class="key" scope="row">${nameText(one.name)}</th>
                <td class="key"><code>${nameText(one.query)}</code></td>
                <td>${formatCount(one.successes)}</td>
                <td>${formatShare(one.successes, total.now.traces)}</td>
                <td>${formatMoney(one.costPerSuccess)}</td>
                <td>${formatChange(one.costPerSuccess, one.costPerSuccessBefore)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`
}

function drawUnpriced({ unpriced }: MonthReport): Markup {
  if (unpriced.length === 0)
    return html`<h2>Unpriced calls</h2>
      <p>None.</p>`
  return html`<h2>Unpriced calls</h2>
    <div class="scroll">
      <table>
        <caption>
          Calls whose file gives no cost and that no price fits. They are in no sum above.
        </caption>
        <thead>
          <tr>
            <th class="key" scope="col">Provider</th>
            <th class="key" scope="col">Model</th>
            <th scope="col">Calls</th>
            <th class="key" scope="col">Why</th>
          </tr>
        </thead>
        <tbody>
          ${unpriced.slice(0, mostUnpriced).map(
            one =>
              html`<tr>
                <td class="key">${one.provider === '' ? none : nameText(one.provider)}</td>
                <td class="key">${one.model === '' ? none : nameText(one.model)}</td>
                <td>${formatCount(one.calls)}</td>
                <td class="text">${one.why ?? unknown}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${
      unpriced.length > mostUnpriced
        ? html`<p class="note">And ${formatPlural(unpriced.length - mostUnpriced, 'more model')}.</p>`
        : undefined
    }`
}

const mostUnpriced = 50
const none = html`<span class="none">none</span>`

function drawNotes({ prices, before, withPrompts }: MonthReport): Markup {
  const own = prices.rules === 0 ? 'no own rules' : formatPlural(prices.rules, 'own rule')
  return html`<h2>How these numbers are made</h2>
    <ul class="note">
      <li>Prices: ${nameText(prices.source)} ${nameText(prices.version)} of ${nameText(prices.date)}, ${own}.</li>
      <li>
        Cost is what the file says, else what is computed from usage and prices. Each model call counts once: what a
        wrapper repeats, and embeddings, are in no row.
      </li>
      <li>
        Change is on ${nameOfMonth(before)}. Latencies are those of single calls, by nearest rank: a length that some
        call really had.
      </li>
      <li>A score stands for the traces of a row that have it: the mean of each trace, and of these the mean.</li>
      <li>
        ${withPrompts ? 'Texts of prompts are in this page because they were asked for.' : 'No text of a prompt or an answer is in this page.'}
      </li>
    </ul>`
}

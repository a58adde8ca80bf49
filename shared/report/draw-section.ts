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
import { formatDuration } from '../format/times.ts'
import { dollarsOf } from './dollars.ts'
import { html, longText, nameText, type Markup } from './html.ts'
import type { MonthReport, ReportLine, ReportRow, ReportSection } from './month-report.ts'

/** Rows that a page shows; a table for spreadsheets has them all. */
const mostShown = 25

/** A table of the section's dearest rows, the rest in one, and the total. */
export function drawSection(section: ReportSection, report: MonthReport): Markup {
  const { title, keys, rows, by } = section
  if (by.length === 0)
    return html`<h2>${title}</h2>
      <p>No call of the month names one.</p>`
  const { total, scoreNames } = report
  const scores = scoreNames
    .map((name, s) => ({ name, s }))
    .filter(({ s }) => total.scored[s]! > 0)
    .slice(0, mostScoresShown)
  const shown = rows.slice(0, mostShown)
  const most = Math.max(0, ...shown.map(row => row.now.cost || 0))
  const cells = (line: ReportLine) => lineCells(line, { total, scores: scores.map(one => one.s), most })
  const heading = (name: string, help: string) => html`<th scope="col" title="${help}">${name}</th>`
  return html`<h2>${title}</h2>
    <div class="scroll">
      <table>
        ${notesOf(section)}
        <thead>
          <tr>
            ${keys.map(key => html`<th class="key" scope="col">${key}</th>`)}
            ${heading('Cost', 'what the file says it cost, else what is computed')}${heading('Change', 'of the cost, on the month before')}
            ${heading('Share', 'of the cost of the month')}${heading('Calls', 'model calls, each counted once')}
            ${heading('Tokens in', 'tokens sent, cached ones included')}${heading('Cached', 'of these read from a cache')}
            ${heading('Tokens out', 'tokens generated')}${heading('Per call', 'cost of a call whose cost is known')}
            ${heading('p50', 'half of the calls took no longer')}${heading('p95', '95 of 100 calls took no longer')}
            ${heading('First token', 'half of the calls began to answer by then')}${heading('Failed', 'calls that failed')}
            ${heading('Unpriced', 'calls whose cost nobody knows')}${scores.map(one => heading(nameText(one.name), 'mean score of the traces'))}
          </tr>
        </thead>
        <tbody>
          ${shown.map(
            row =>
              html`<tr>
                ${keysOf(row, keys.length)}${cells(row)}
              </tr>`,
          )}
        </tbody>
        <tfoot>
          ${restOf(section, report, keys.length + 13 + scores.length)}
          <tr>
            <th class="key" scope="row" colspan="${keys.length}">Total</th>
            ${cells(total)}
          </tr>
        </tfoot>
      </table>
    </div>`
}

const mostScoresShown = 4

interface Shown {
  readonly total: ReportLine
  readonly scores: readonly number[]
  /** The largest cost of a row, for its bar. */
  readonly most: number
}

function lineCells(line: ReportLine, { total, scores, most }: Shown): Markup {
  const { now, before } = line
  const width = line !== total && now.cost > 0 && most > 0 ? ((now.cost / most) * 100).toFixed(1) : undefined
  const bar = width === undefined ? undefined : html`<i style="width:${width}%"></i>`
  const digits = dollarsOf(now.cost)
  const share = Number.isNaN(now.cost) ? unknown : formatShare(now.cost, total.now.cost)
  return html`<td class="share" ${digits === undefined ? undefined : html` title="${formatDollars(digits)}"`}>
      ${bar}<b>${formatMoney(now.cost)}</b>
    </td>
    <td>${formatChange(now.cost, before.cost)}</td>
    <td>${share}</td>
    <td>${formatCount(now.calls)}</td>
    <td>${formatTokens(now.input)}</td>
    <td>${formatTokens(now.cacheRead)}</td>
    <td>${formatTokens(now.output)}</td>
    <td>${formatMoney(now.costPerCall)}</td>
    <td>${formatDuration(now['latency.p50'])}</td>
    <td>${formatDuration(now['latency.p95'])}</td>
    <td>${formatDuration(now['ttft.p50'])}</td>
    <td>${now.errors === 0 ? '' : formatCount(now.errors)}</td>
    <td>${now.unpriced === 0 ? '' : formatCount(now.unpriced)}</td>
    ${scores.map(s => html`<td>${scoreText(line.scores[s] ?? Number.NaN)}</td>`)}`
}

export function scoreText(mean: number): string {
  return Number.isNaN(mean) ? unknown : String(Number(mean.toPrecision(3)))
}

function keysOf({ key }: ReportRow, width: number): readonly Markup[] {
  return Array.from({ length: width }, (_, k) => {
    const value = key[k] ?? null
    const text = value === null ? html`<span class="none">none</span>` : nameText(String(value))
    return k === 0 ? html`<th class="key" scope="row">${text}</th>` : html`<td class="key">${text}</td>`
  })
}

/** What is left out is counted. */
function restOf({ rows, count, overlaps }: ReportSection, { total }: MonthReport, width: number): Markup | undefined {
  const left = count - Math.min(rows.length, mostShown)
  if (left <= 0) return undefined
  const cost = rows.slice(mostShown).reduce((sum, row) => sum + (row.now.cost || 0), 0)
  const calls = rows.slice(mostShown).reduce((sum, row) => sum + row.now.calls, 0)
  const isAll = rows.length === count && !overlaps
  const sums = isAll
    ? `: ${formatMoney(cost)} (${formatShare(cost, total.now.cost)}), ${formatPlural(calls, 'call')}`
    : ''
  return html`<tr>
    <td class="key none" colspan="${width}">and ${formatPlural(left, 'more row')}${sums}</td>
  </tr>`
}

function notesOf({ overlaps }: ReportSection): Markup | undefined {
  return overlaps
    ? html`<caption>
        Rows overlap: a call may stand in several. The total counts it once.
      </caption>`
    : undefined
}

/** Texts of the dearest prompts, where somebody asked for them. */
export function drawTexts({ rows, keys }: ReportSection): Markup | undefined {
  const quoted = rows.filter(row => row.text !== undefined)
  if (quoted.length === 0) return undefined
  const name = ({ key }: ReportRow) =>
    keys.map((_, k) => (key[k] === null ? 'none' : nameText(String(key[k])))).join(' · ')
  return html`<h3>Texts of the dearest prompts</h3>
    <p class="note">Of each the template that its latest call names, else what that call was told first.</p>
    ${quoted.map(
      row =>
        html`<details open>
          <summary>${name(row)}</summary>
          <pre>${longText(row.text!)}</pre>
        </details>`,
    )}`
}

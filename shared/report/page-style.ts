/** All that the page looks like: two colour schemes, and paper. */
export const pageStyle = `
:root {
  color-scheme: light dark;
  --text: #1b2430; --muted: #556070; --line: #d9dee5; --bg: #ffffff; --raised: #f5f7fa; --bar: #9db8f2; --accent: #2456c7;
}
@media (prefers-color-scheme: dark) {
  :root { --text: #e6e9ee; --muted: #a4adbb; --line: #343b47; --bg: #14181f; --raised: #1c222b; --bar: #35528f; --accent: #8fb0ff; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 32px 24px 64px; max-width: 1440px; background: var(--bg); color: var(--text);
  font: 14px/1.5 system-ui, -apple-system, "Segoe UI", "Helvetica Neue", Arial, sans-serif; }
h1 { margin: 0; font-size: 26px; line-height: 1.25; }
h2 { margin: 40px 0 8px; font-size: 17px; }
p { margin: 6px 0; max-width: 80ch; }
.muted, caption, dt, .note { color: var(--muted); }
.note { font-size: 13px; }
dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(148px, 1fr)); gap: 12px; margin: 24px 0 14px; }
dl div { padding: 12px 14px; border: 1px solid var(--line); border-radius: 8px; background: var(--raised); }
dt { font-size: 12px; }
dd { margin: 0; font-size: 20px; font-variant-numeric: tabular-nums; }
dd small { display: block; color: var(--muted); font-size: 12px; }
.days { display: flex; align-items: flex-end; gap: 3px; height: 140px; margin: 8px 0 0; border-bottom: 1px solid var(--line); }
.days span { flex: 1; min-width: 2px; border-radius: 2px 2px 0 0; background: var(--accent); }
.ends { display: flex; justify-content: space-between; color: var(--muted); font-size: 12px; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 13px; font-variant-numeric: tabular-nums; }
caption { padding: 0 0 6px; text-align: start; font-size: 13px; }
th, td { padding: 5px 7px; vertical-align: baseline; border-bottom: 1px solid var(--line); text-align: end; white-space: nowrap; }
th { color: var(--muted); font-size: 12px; font-weight: 600; }
thead th { vertical-align: bottom; white-space: normal; }
th.key, td.key { text-align: start; white-space: normal; overflow-wrap: break-word; min-width: 100px; max-width: 320px; }
tbody th.key { color: var(--text); font-size: inherit; font-weight: 500; }
td.text { text-align: start; white-space: normal; }
tfoot td, tfoot th { border-bottom: 0; font-weight: 600; }
tfoot th.key { color: var(--text); font-size: inherit; }
.none { color: var(--muted); font-style: italic; }
.share { position: relative; }
.share i { position: absolute; inset: 4px 0 4px auto; border-radius: 2px; background: var(--bar); opacity: .55; }
.share b { position: relative; font-weight: inherit; }
ul { margin: 8px 0; padding-inline-start: 20px; }
details { margin: 8px 0; }
summary { cursor: pointer; }
summary:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
pre { margin: 6px 0; padding: 10px 12px; border: 1px solid var(--line); border-radius: 6px; background: var(--raised);
  font: 12px/1.5 ui-monospace, "SF Mono", Consolas, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
code { font: 12px ui-monospace, "SF Mono", Consolas, monospace; overflow-wrap: anywhere; }
@page { size: A4 landscape; margin: 12mm; }
@media print {
  :root { color-scheme: light; --text: #000; --muted: #444; --line: #bbb; --bg: #fff; --raised: #fff; --bar: #ccd6ea; --accent: #2456c7; }
  body { padding: 0; max-width: none; font-size: 10px; }
  h1 { font-size: 20px; } h2 { font-size: 13px; margin-top: 20px; break-after: avoid; }
  dl { grid-template-columns: repeat(7, 1fr); gap: 6px; } dl div { padding: 6px 8px; } dd { font-size: 14px; } dt, dd small { font-size: 9px; }
  table { font-size: 9px; } th, td { padding: 3px 4px; } th, caption, .note { font-size: 8px; }
  th.key, td.key { min-width: 60px; }
  tr, .days, dl div { break-inside: avoid; } thead { display: table-header-group; }
  .scroll { overflow: visible; }
  .days, .share i { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`

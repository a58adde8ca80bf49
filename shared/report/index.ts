export { gatherReport } from './gather.ts'
export { printCsv } from './print-csv.ts'
export { printHtml } from './print-html.ts'

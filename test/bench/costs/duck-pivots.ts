import { connectDuck } from '../query/duck.ts'

const names: { readonly [field: string]: string } = { prompt: 'prompt_name' }
const asks = 30

/** Milliseconds of the same tables in DuckDB, from its own columns; none where it is not installed. */
export async function duckPivots(dump: string, thirds: readonly string[]): Promise<number[]> {
  const duck = await connectDuck()
  if (!duck) return []
  await duck.runAndReadAll(
    `CREATE TABLE call AS SELECT *, CAST(timestamp AS TIMESTAMPTZ) AT TIME ZONE 'Europe/Berlin' AS local
     FROM read_json('${dump.replaceAll("'", "''")}', format = 'newline_delimited')`,
  )
  const times: number[] = []
  for (let n = 0; n < asks; n++) {
    const third = thirds[n % thirds.length]!
    const started = performance.now()
    await duck.runAndReadAll(
      `SELECT model_name, ${names[third] ?? third}, CAST(local AS DATE) AS day, count(*), sum(input_tokens), sum(output_tokens),
         sum(cost_usd) AS cost, quantile_disc(latency_ms, [0.5, 0.95, 0.99])
       FROM call GROUP BY 1, 2, 3 ORDER BY cost DESC LIMIT 200`,
    )
    times.push(performance.now() - started)
  }
  return times
}

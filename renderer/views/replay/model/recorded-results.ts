import { jsonChanges } from '../../../../shared/diff/json-changes.ts'
import type { JsonValue } from '../../../../shared/domain/json.ts'
import { spanKinds } from '../../../../shared/domain/kind.ts'
import type { Span, ToolExecution } from '../../../../shared/domain/span.ts'
import type { PageClient } from '../../../state/client.ts'

/** Tools of a trace that are looked at. */
const most = 200

/** What the tools of a trace answered; a call that is asked of it has a result where the same tool was run with the same arguments. */
export async function recordedResults(
  client: PageClient,
  traceId: string,
): Promise<(call: { readonly name: string; readonly arguments?: JsonValue }) => JsonValue | undefined> {
  const tree = await client.ask('traces.tree', { traceId })
  const tool = spanKinds.indexOf('tool')
  const rows = [...tree.id].filter((_, i) => tree.kind[i] === tool).slice(0, most)
  const spans = await Promise.all(rows.map(id => client.ask('spans.read', { id, holdBack: 1 })))
  const runs = spans.map(executionOf)
  return call =>
    runs.find(
      run =>
        run.result !== undefined && run.name === call.name && isSame(run.arguments ?? null, call.arguments ?? null),
    )?.result
}

function executionOf({ name, tool, input, output }: Span): ToolExecution {
  const [given, result] = [tool?.arguments ?? input, tool?.result ?? output]
  return {
    name: tool?.name ?? name,
    ...(given === undefined ? {} : { arguments: given }),
    ...(result === undefined ? {} : { result }),
  }
}

function isSame(a: JsonValue, b: JsonValue): boolean {
  const { changes, more } = jsonChanges(a, b)
  return changes.length + more === 0
}

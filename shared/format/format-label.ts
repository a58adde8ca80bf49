import type { FileReceipt } from '../domain/receipt.ts'

/** What a file's format is called. OTLP is one format, however it is written. */
export function labelOfFormat(
  id: string,
  labels: ReadonlyMap<string, string>,
  { protobuf }: Pick<FileReceipt, 'protobuf'>,
): string {
  if (id === 'otlp-json' && protobuf) return protobuf === 'all' ? 'OTLP protobuf' : 'OTLP protobuf and JSON'
  return labels.get(id) ?? id
}

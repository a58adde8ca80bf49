/** The file's own bytes, decompressed and in UTF-8. Answers 0 at the end. */
export interface ByteReader {
  read(target: Buffer, at: number, length: number): number | Promise<number>
}

/** Whether an event tells of something that was thrown, whatever it is called. */
export function isException({ name, attributes }: { readonly name: string; readonly attributes: object }): boolean {
  return name === 'exception' || 'exception.type' in attributes || 'exception.message' in attributes
}

/** The folder of the modules that tests and sources use. */
export const cached: string
/** Puts all modules into a folder; compiles only those whose sources changed. */
export function buildWasm(folder?: string): Promise<void>

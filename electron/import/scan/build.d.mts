export const scanPath: string
export const cached: string
/** Puts scan.wasm at `target`; compiles only when its sources changed. */
export function buildScan(target?: string): Promise<string>

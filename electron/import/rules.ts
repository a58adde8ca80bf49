declare const rulesHash: string | undefined

/**
 * Names the rules by which this build reads records: a hash of the code of formats and conventions, put in by the build.
 * Imports remember it, so that a later build knows what older rules read.
 */
export const rules: string = typeof rulesHash === 'string' ? rulesHash : 'from source'

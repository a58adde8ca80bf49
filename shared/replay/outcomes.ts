/**
 * How a request went that was answered. `ok`: whole. `incomplete`: it broke off, was cut at a limit, or its end never came.
 * `refused`: the provider said no, and `error` says what. `cancelled`: a person stopped it while it was answered.
 */
export const sendOutcomes = ['ok', 'incomplete', 'refused', 'cancelled'] as const
export type SendOutcome = (typeof sendOutcomes)[number]

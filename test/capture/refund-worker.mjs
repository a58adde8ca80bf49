/**
 * The refund worker: a sub-agent on the AI SDK, which writes the GenAI conventions itself.
 *
 * Runs as a service of its own with a small model the shop serves itself, so no public
 * price exists. `issue_refund` refuses more than 150 USD with HTTP 422.
 */
export async function createRefundWorker({ ai, load, telemetry, server, clock, chance }) {
  const { generateText, isStepCount, tool } = ai
  const { createOpenAICompatible } = await load('@ai-sdk/openai-compatible')
  const { z } = await load('zod')
  const provider = createOpenAICompatible({ name: 'northwind', baseURL: `${server.url}/v1`, apiKey: 'not-a-key' })

  const tools = {
    issue_refund: tool({
      description: 'Pays an amount back to the original payment method of an order.',
      inputSchema: z.object({ order_id: z.string(), amount_usd: z.number() }),
      execute: async function issueRefund({ order_id, amount_usd }) {
        clock.advance(chance.between(120, 480))
        if (amount_usd > 150) throw new Error('HTTP 422: amount exceeds limit')
        return { refund_id: `rf_${chance.token(10)}`, order_id, amount_usd, state: 'approved' }
      },
    }),
    notify_returns_desk: tool({
      description: 'Opens a case at the returns desk for a refund that needs approval.',
      inputSchema: z.object({ order_id: z.string(), amount_usd: z.number(), reason: z.string() }),
      execute: async ({ order_id }) => {
        clock.advance(chance.between(40, 120))
        return { case_id: `desk_${chance.token(8)}`, order_id, answer_within: '1 working day' }
      },
    }),
  }

  return async function refund(call, job) {
    const { order_id, amount_usd, reason } = call
    const refused = amount_usd > 150
    server.say({ calls: [{ name: 'issue_refund', arguments: { order_id, amount_usd } }] })
    if (refused) server.say({ calls: [{ name: 'notify_returns_desk', arguments: { order_id, amount_usd, reason } }] })
    server.say({
      text: refused
        ? `Not refunded: ${amount_usd} USD for ${order_id} exceeds the limit of 150 USD. The returns desk has the case and answers within one working day.`
        : `Approved: ${amount_usd} USD for ${order_id} go back to the original payment method after the warehouse scan, if a return is needed.`,
    })
    return telemetry.inService('refund-worker', job, async () => {
      const result = await generateText({
        model: provider('northwind-refund-7b'),
        system:
          'You issue refunds for Northwind Outfitters. Try issue_refund once. If it refuses, open a case with notify_returns_desk. Report what happened in one or two sentences, without promising more.',
        prompt: `Refund ${amount_usd} USD for order ${order_id}. Reason: ${reason}`,
        tools,
        maxRetries: 0,
        stopWhen: isStepCount(4),
        telemetry: { functionId: 'refund-worker' },
      })
      return result.text
    })
  }
}

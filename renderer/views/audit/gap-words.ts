import type { AuditGap } from '../../../shared/domain/audit.ts'

/** What a call may lack, and what cannot be answered without it. */
export const gapWords: { readonly [gap in AuditGap]: { readonly name: string; readonly why: string } } = {
  text: { name: 'text', why: 'what was asked and answered is unknown; often content capture is switched off.' },
  tokens: {
    name: 'tokens',
    why: 'neither cost nor context length can be worked out; streaming calls often lose them.',
  },
  cost: { name: 'recorded cost', why: 'the file names none; it can be worked out where tokens and model are known.' },
  model: { name: 'model', why: 'nothing can be compared by model.' },
  promptVersion: { name: 'prompt version', why: 'an answer cannot be traced to the prompt that produced it.' },
  session: { name: 'session', why: 'turns of one conversation cannot be put together.' },
  user: { name: 'user', why: 'complaints cannot be found by user, nor a person’s data deleted by it.' },
  release: { name: 'release', why: 'a change in quality cannot be tied to a deployment.' },
  environment: { name: 'environment', why: 'tests and production cannot be told apart.' },
}

/** Names of variables that may hold a key: who reads hostile files has no use for one. */
const telling = /KEY|TOKEN|SECRET|PASSW|PASSPHRASE|CREDENTIAL|AUTHORI[SZ]ATION/i

/** The environment of our own processes: without flags for Node, and without what looks like a credential. */
export function childEnv(env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => name !== 'NODE_OPTIONS' && !telling.test(name)))
}

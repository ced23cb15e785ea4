// The issuer's did:webvh log, resolved by didwebvh-ts.
//   node webvh.mjs <job.json >result.json
// job: {log: text of did.jsonl, web: the did:web document, versions}; result: {checks: [[name, ok, detail]…]}
import { createPublicKey, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { resolveDIDFromLog } from 'didwebvh-ts'

const verifier = {
  async verify(signature, message, publicKey) {
    const x = Buffer.from(publicKey).toString('base64url')
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
    return verify(null, message, key, signature)
  },
}

const job = JSON.parse(readFileSync(0, 'utf8'))
const checks = []
const check = (name, ok, detail) => checks.push([name, Boolean(ok), ok ? '' : String(detail)])
const entries = (text) => text.trim().split('\n').map((line) => JSON.parse(line))
const resolve = (log) => resolveDIDFromLog(log, { verifier })
const fragments = (list) => list.map((item) => (item.id ?? item).split('#')[1]).sort().join(' ')

async function refused(log) {
  try {
    const { meta } = await resolve(log)
    return Boolean(meta.error)
  } catch {
    return true
  }
}

try {
  const { did, doc, meta } = await resolve(entries(job.log))
  check(`resolves ${job.versions} entries`, meta.versionId?.startsWith(`${job.versions}-`), JSON.stringify(meta))
  check('did:web is another name of it', doc.alsoKnownAs.includes(job.web.id), JSON.stringify(doc.alsoKnownAs))
  check('and it of did:web', job.web.alsoKnownAs.includes(did), JSON.stringify(job.web.alsoKnownAs))
  for (const name of ['verificationMethod', 'assertionMethod']) {
    const [own, web] = [fragments(doc[name]), fragments(job.web[name])]
    check(`the same ${name}: ${web}`, own === web, own)
  }
  const log = entries(job.log)
  const last = log.at(-1)
  const changed = { ...last, state: { ...last.state, assertionMethod: [] } }
  check('a changed entry is refused', await refused([...log.slice(0, -1), changed]), 'resolved')
  check('a missing entry is refused', await refused(log.slice(1)), 'resolved')
} catch (error) {
  check('resolves', false, error.stack)
}
process.stdout.write(JSON.stringify({ checks }))

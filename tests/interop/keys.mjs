// What both programs need from the world outside: the issuer's published keys, and ES256 from Node itself.
import { createHash, webcrypto } from 'node:crypto'

export const ES256 = { name: 'ECDSA', namedCurve: 'P-256' }
const SIGNATURE = { name: 'ECDSA', hash: 'SHA-256' }

const base64url = (bytes) => Buffer.from(bytes).toString('base64url')

export const newKey = () => webcrypto.subtle.generateKey(ES256, true, ['sign', 'verify'])

export async function publicJwk(pair) {
  const { kty, crv, x, y } = await webcrypto.subtle.exportKey('jwk', pair.publicKey)
  return { kty, crv, x, y }
}

export async function signJwt(pair, header, payload) {
  const input = [header, payload].map((part) => base64url(JSON.stringify(part))).join('.')
  const signature = await webcrypto.subtle.sign(SIGNATURE, pair.privateKey, Buffer.from(input))
  return `${input}.${base64url(signature)}`
}

export async function verifierOf(jwk) {
  const { kty, crv, x, y } = jwk
  const key = await webcrypto.subtle.importKey('jwk', { kty, crv, x, y }, ES256, false, ['verify'])
  return (data, signature) =>
    webcrypto.subtle.verify(SIGNATURE, key, Buffer.from(signature, 'base64url'), Buffer.from(data))
}

export const hasher = (data, algorithm) =>
  new Uint8Array(createHash(algorithm.replace('-', '')).update(Buffer.from(data)).digest())

export const headerOf = (jwt) => JSON.parse(Buffer.from(jwt.split('.')[0], 'base64url').toString())

async function json(url) {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`${url}: HTTP ${response.status}`)
  return response.json()
}

// The key of a status token: in the issuer's did:web document, and not among those that sign credentials.
export async function publishedStatusKey(issuer, kid) {
  const did = await json(`${issuer}/.well-known/did.json`)
  const method = did.verificationMethod.find((method) => method.id === kid)
  if (!method || did.assertionMethod.includes(kid)) throw new Error(`no published status key ${kid}`)
  return method.publicKeyJwk
}

// The key of a credential as its issuer publishes it, by `kid`, from both documents; they must agree.
export async function publishedKey(issuer, kid) {
  const metadata = await json(`${issuer}/.well-known/jwt-vc-issuer`)
  if (metadata.issuer !== issuer) throw new Error('jwt-vc-issuer names another issuer')
  const first = metadata.jwks.keys.find((key) => key.kid === kid)
  const did = await json(`${issuer}/.well-known/did.json`)
  const method = did.verificationMethod.find((method) => method.id === kid)
  if (!first || !method || !did.assertionMethod.includes(kid)) throw new Error(`no published key ${kid}`)
  for (const member of ['kty', 'crv', 'x', 'y'])
    if (first[member] !== method.publicKeyJwk[member]) throw new Error('jwt-vc-issuer and did.json disagree')
  return first
}

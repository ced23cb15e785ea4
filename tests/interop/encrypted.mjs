// A wallet that is not ours asks under JWE: `jose` encrypts the request to the issuer's published key and opens the cards.
//
//   node encrypted.mjs <job.json >result.json
//
// job: {offer: deep link, tx_code}
// result: {checks: [[name, ok, detail]…]}; exit 0 when all are ok.
import { readFileSync } from 'node:fs'
import { CompactEncrypt, base64url, compactDecrypt, decodeProtectedHeader, exportJWK, generateKeyPair, importJWK } from 'jose'
import { headerOf, newKey, publicJwk, signJwt } from './keys.mjs'

const job = JSON.parse(readFileSync(0, 'utf8'))
const result = { checks: [] }
const check = (name, ok, detail = '') => result.checks.push([name, Boolean(ok), ok ? '' : String(detail)])
const json = async (response) => ({ status: response.status, body: await response.json() })

async function main() {
  const offer = await (await fetch(new URL(job.offer).searchParams.get('credential_offer_uri'))).json()
  const issuer = offer.credential_issuer
  const metadata = await (await fetch(`${issuer}/.well-known/openid-credential-issuer`)).json()
  const { credential_request_encryption: toIssuer, credential_response_encryption: toWallet } = metadata
  check('both ways of encryption are announced', toIssuer?.jwks.keys.length === 1 && toWallet?.alg_values_supported.includes('ECDH-ES'))
  check('no compression is announced', !toIssuer.zip_values_supported && !toWallet.zip_values_supported)
  const grant = offer.grants['urn:ietf:params:oauth:grant-type:pre-authorized_code']
  const form = new URLSearchParams({
    grant_type: 'urn:ietf:params:oauth:grant-type:pre-authorized_code', 'pre-authorized_code': grant['pre-authorized_code'], tx_code: job.tx_code,
  })
  const token = (await json(await fetch(`${issuer}/token`, { method: 'POST', body: form }))).body
  const holder = await newKey()
  const request = async (more) => {
    const { c_nonce: nonce } = (await json(await fetch(metadata.nonce_endpoint, { method: 'POST' }))).body
    const header = { typ: 'openid4vci-proof+jwt', alg: 'ES256', jwk: await publicJwk(holder) }
    const proof = await signJwt(holder, header, { aud: issuer, iat: Math.floor(Date.now() / 1000), nonce })
    return { credential_configuration_id: 'KtpElektronik_dc_sd_jwt', proofs: { jwt: [proof] }, ...more }
  }
  const [jwk] = toIssuer.jwks.keys
  const seal = async (body, header) =>
    new CompactEncrypt(new TextEncoder().encode(JSON.stringify(body)))
      .setProtectedHeader({ alg: jwk.alg, enc: 'A256GCM', kid: jwk.kid, ...header })
      .encrypt(await importJWK(jwk, jwk.alg))
  const ask = (body, type) =>
    fetch(metadata.credential_endpoint, { method: 'POST', body, headers: { 'content-type': type, authorization: `Bearer ${token.access_token}` } })
  const pair = await generateKeyPair('ECDH-ES', { crv: 'P-256', extractable: true })
  const own = { ...(await exportJWK(pair.publicKey)), alg: 'ECDH-ES', use: 'enc', kid: 'own-1' }
  const answered = (enc) => ({ credential_response_encryption: { jwk: own, enc } })

  const refused = async (name, response) => {
    const { status, body } = await json(response)
    check(`${name}: refused as invalid_encryption_parameters`, status === 400 && body.error === 'invalid_encryption_parameters', JSON.stringify(body))
  }
  await refused('encrypted answer asked for in the open', await ask(JSON.stringify(await request(answered('A256GCM'))), 'application/json'))
  await refused('another key', await ask(await seal(await request({}), { kid: 'another' }), 'application/jwt'))
  await refused('unknown content encryption', await ask(await seal(await request(answered('A128CBC-HS256')), {}), 'application/jwt'))
  const bomb = await seal(await request(answered('A256GCM')), {})
  const [head, ...rest] = bomb.split('.')
  const compressed = base64url.encode(JSON.stringify({ ...JSON.parse(Buffer.from(head, 'base64url')), zip: 'DEF' }))
  await refused('compressed', await ask([compressed, ...rest].join('.'), 'application/jwt'))

  const response = await ask(await seal(await request(answered('A128GCM')), {}), 'application/jwt')
  const text = await response.text()
  check('the answer is encrypted', response.status === 200 && response.headers.get('content-type') === 'application/jwt', `${response.status} ${text.slice(0, 200)}`)
  const header = decodeProtectedHeader(text)
  check('to the key and in the way that was asked for', header.kid === 'own-1' && header.enc === 'A128GCM' && header.alg === 'ECDH-ES', JSON.stringify(header))
  const { plaintext } = await compactDecrypt(text, pair.privateKey)
  const { credentials, notification_id: notification } = JSON.parse(new TextDecoder().decode(plaintext))
  check('jose opens a card', credentials.length === 1 && headerOf(credentials[0].credential).typ === 'dc+sd-jwt')
  const told = await fetch(metadata.notification_endpoint, {
    method: 'POST', body: JSON.stringify({ notification_id: notification, event: 'credential_accepted' }),
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token.access_token}` },
  })
  check('the notification is taken', told.status === 204, told.status)
}

await main().catch((error) => check('encrypted', false, error.stack))
console.log(JSON.stringify(result))
process.exit(result.checks.every(([, ok]) => ok) ? 0 : 1)

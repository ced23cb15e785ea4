// A wallet that is not ours answers our counter over HTTP: @openid4vc/openid4vp reads the request, makes and posts the answer,
// `jose` encrypts it, @sd-jwt/* shows the card. Then the same answers, meddled with, must be refused by the counter, each by its
// own code.
//
//   node online.mjs <job.json >result.json
//
// job: {offer: deep link, tx_code, counter: [program, arguments…], service, facts: {name: value of the CSV row}, absent: name}
// result: {checks: [[name, ok, detail]…]}; exit 0 when all are ok.
import { execFile } from 'node:child_process'
import { X509Certificate, createHash, verify as verifySignature, webcrypto } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { isDeepStrictEqual, promisify } from 'node:util'
import { clientAuthenticationAnonymous } from '@openid4vc/oauth2'
import { Openid4vpClient } from '@openid4vc/openid4vp'
import { SDJwtVcInstance } from '@sd-jwt/sd-jwt-vc'
import { CompactEncrypt, importJWK } from 'jose'
import { newClient } from './client.mjs'
import { hasher, headerOf, newKey, publishedKey, signJwt, verifierOf } from './keys.mjs'

const job = JSON.parse(readFileSync(0, 'utf8'))
const result = { checks: [] }
const check = (name, ok, detail = '') => result.checks.push([name, Boolean(ok), ok ? '' : String(detail)])
const base64url = (value) => Buffer.from(value).toString('base64url')
const digest = (text) => createHash('sha256').update(text).digest('base64url')
const json = (part) => JSON.parse(Buffer.from(part, 'base64url'))

const { client: receiver, jwks, pairs } = await newClient(clientAuthenticationAnonymous(), 1)
const [holder] = pairs
const stranger = await newKey()

// A request is believed when the certificate in it signed it.
async function verifyJwt(signer, { compact }) {
  const [header, payload, signature] = compact.split('.')
  const { publicKey } = new X509Certificate(Buffer.from(signer.x5c[0], 'base64'))
  const key = { key: publicKey, dsaEncoding: 'ieee-p1363' }
  const verified = verifySignature('sha256', Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, 'base64url'))
  return { verified, signerJwk: publicKey.export({ format: 'jwk' }) }
}

async function encryptJwe({ publicJwk, alg, enc, apu, apv }, plaintext) {
  const parties = Object.fromEntries(Object.entries({ apu, apv }).filter(([, part]) => part).map(([name, part]) => [name, Buffer.from(part, 'base64url')]))
  const jwe = await new CompactEncrypt(Buffer.from(plaintext)).setProtectedHeader({ alg, enc, kid: publicJwk.kid })
    .setKeyManagementParameters(parties).encrypt(await importJWK(publicJwk, alg))
  return { jwe, encryptionJwk: publicJwk }
}

const unused = () => {
  throw new Error('not part of this flow')
}
const wallet = new Openid4vpClient({
  callbacks: {
    fetch, hash: hasher, verifyJwt, encryptJwe, signJwt: unused, decryptJwe: unused,
    getX509CertificateMetadata: () => ({ sanDnsNames: [], sanUriNames: [] }),
  },
})

async function receive() {
  const offer = await receiver.resolveCredentialOffer(job.offer)
  const metadata = await receiver.resolveIssuerMetadata(offer.credential_issuer)
  const supported = metadata.credentialIssuer.credential_configurations_supported
  const id = offer.credential_configuration_ids.find((id) => supported[id].format === 'dc+sd-jwt')
  const { accessTokenResponse } = await receiver.retrievePreAuthorizedCodeAccessTokenFromOffer({ credentialOffer: offer, issuerMetadata: metadata, txCode: job.tx_code })
  const { c_nonce: nonce } = await receiver.requestNonce({ issuerMetadata: metadata })
  const { jwt } = await receiver.createCredentialRequestJwtProof({
    issuerMetadata: metadata, credentialConfigurationId: id, nonce, signer: { method: 'jwk', publicJwk: jwks[0], alg: 'ES256' },
  })
  const { credentialResponse } = await receiver.retrieveCredentials({
    issuerMetadata: metadata, accessToken: accessTokenResponse.access_token, credentialConfigurationId: id, proofs: { jwt: [jwt] },
  })
  return { card: credentialResponse.credentials[0].credential, issuer: metadata.credentialIssuer.credential_issuer }
}

async function counter(...words) {
  const [program, ...own] = job.counter
  const done = await promisify(execFile)(program, [...own, ...words, '--json'], { timeout: 60_000 }).catch((error) => error)
  try {
    return JSON.parse(done.stdout)
  } catch {
    return { error: { code: `no JSON: ${done.stdout}${done.stderr}` } }
  }
}

// A fresh request of the counter, read by the library.
async function asked(...words) {
  const made = await counter('request', '--online', '--service', job.service, ...words)
  const parsed = wallet.parseOpenid4vpAuthorizationRequest({ authorizationRequest: made.deep_link })
  const resolved = await wallet.resolveOpenId4vpAuthorizationRequest({ authorizationRequestPayload: parsed.params })
  return { ...made, request: resolved.authorizationRequestPayload, version: resolved.version }
}

const { card, issuer } = await receive()

// The card as @sd-jwt shows it for a request.
async function shown(request, names = Object.keys(job.facts)) {
  const instance = new SDJwtVcInstance({
    hasher, hashAlg: 'sha-256', verifier: await verifierOf(await publishedKey(issuer, headerOf(card).kid)),
    kbSigner: (data) => sign(holder, data), kbSignAlg: 'ES256',
  })
  const frame = Object.fromEntries(names.map((name) => [name, true]))
  const payload = { iat: Math.floor(Date.now() / 1000), aud: request.client_id, nonce: request.nonce }
  return instance.present(card, frame, { kb: { payload } })
}

async function sign(pair, data) {
  const signature = await webcrypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, Buffer.from(data))
  return base64url(new Uint8Array(signature))
}

// The key binding made anew, with changes.
async function bound(presentation, { header = {}, payload = {}, key = holder, body = null } = {}) {
  const end = presentation.lastIndexOf('~') + 1
  const [head, claims] = presentation.slice(end).split('.')
  const shownPart = body ?? presentation.slice(0, end)
  const own = { ...json(claims), sd_hash: digest(shownPart), ...payload }
  return shownPart + (await signJwt(key, { ...json(head), ...header }, own))
}

const parts = (presentation) => {
  const [jwt, ...rest] = presentation.split('~')
  return { jwt, disclosures: rest.slice(0, -1), binding: rest.at(-1) }
}

// What is posted: `vp_token` by the library, encrypted when the request wants it.
async function answer(request, vp_token, { encrypt = request.response_mode === 'direct_post.jwt', change = (made) => made } = {}) {
  const jarm = encrypt && {
    encryption: { nonce: 'wallet' },
    serverMetadata: {
      authorization_signing_alg_values_supported: [], authorization_encryption_alg_values_supported: ['ECDH-ES'],
      authorization_encryption_enc_values_supported: ['A256GCM', 'A128GCM'],
    },
  }
  const mode = encrypt ? 'direct_post.jwt' : 'direct_post'
  const authorizationRequestPayload = { ...request, response_mode: mode }
  const made = await wallet.createOpenid4vpAuthorizationResponse({ authorizationRequestPayload, authorizationResponsePayload: { vp_token }, ...(jarm ? { jarm } : {}) })
  const { authorizationResponsePayload, jarm: sealed } = change(made)
  return wallet.submitOpenid4vpAuthorizationResponse({ authorizationRequestPayload, authorizationResponsePayload, ...(sealed ? { jarm: sealed } : {}) })
}

const codes = new Set()
async function refused(name, code, { response }) {
  const text = await response.text()
  let said = {}
  try {
    said = JSON.parse(text)
  } catch {}
  const got = said.absah_code ?? said.code ?? text
  check(`refused: ${name}: ${code}`, !response.ok && got === code, `${response.status} ${text}`)
  codes.add(code)
}

const queryId = (request) => request.dcql_query.credentials[0].id

async function accepted() {
  for (const [name, words, mode] of [['encrypted', [], 'direct_post.jwt'], ['in the open', ['--unencrypted'], 'direct_post']]) {
    const { request, session, version } = await asked(...words)
    check(`${name}: the library reads the request as OpenID4VP 1.0`, version === 100 && request.response_mode === mode, `${version} ${request.response_mode}`)
    const presentation = await shown(request)
    const { response } = await answer(request, { [queryId(request)]: [presentation] })
    check(`${name}: the answer is taken`, response.ok, `${response.status} ${await response.clone().text()}`)
    const said = await counter('session', session)
    check(`${name}: the counter accepts`, said.decision === 'accepted', JSON.stringify(said))
    const differing = Object.entries(job.facts).filter(([fact, value]) => !isDeepStrictEqual(said.facts?.[fact], value))
    check(`${name}: the facts are those of the row`, differing.length === 0, JSON.stringify([differing, said.facts]))
    await refused(`${name}, the same answer again`, 'replayed', await answer(request, { [queryId(request)]: [presentation] }))
  }
}

async function meddled() {
  const now = Math.floor(Date.now() / 1000)
  const names = Object.keys(job.facts)
  const other = async () => (await asked()).request
  const kb = (options) => (presentation) => bound(presentation, options)
  // [name, change of the presentation, code]
  const cases = [
    ['signature of the issuer', (text) => {
      const { jwt, disclosures } = parts(text)
      const [head, payload, signature] = jwt.split('.')
      const bent = [head, payload, signature.replace(/^./, (letter) => (letter === 'A' ? 'B' : 'A'))].join('.')
      return bound(text, { body: [bent, ...disclosures, ''].join('~') })
    }, 'sd-jwt-signature'],
    ['payload of the issuer', (text) => {
      const { jwt, disclosures } = parts(text)
      const [head, payload, signature] = jwt.split('.')
      const bent = [head, base64url(JSON.stringify({ ...json(payload), exp: now + 9e6 })), signature].join('.')
      return bound(text, { body: [bent, ...disclosures, ''].join('~') })
    }, 'sd-jwt-signature'],
    ['issuer says alg none', (text) => {
      const { jwt, disclosures } = parts(text)
      const [head, payload] = jwt.split('.')
      const bent = `${base64url(JSON.stringify({ ...json(head), alg: 'none' }))}.${payload}.`
      return bound(text, { body: [bent, ...disclosures, ''].join('~') })
    }, 'jws-algorithm'],
    ['kid of another issuer', (text) => {
      const { jwt, disclosures } = parts(text)
      const [head, payload, signature] = jwt.split('.')
      const bent = [base64url(JSON.stringify({ ...json(head), kid: 'did:web:evil.example#1' })), payload, signature].join('.')
      return bound(text, { body: [bent, ...disclosures, ''].join('~') })
    }, 'credential-issuer-mismatch'],
    ['signature of the holder', (text) => text.slice(0, -10) + (text.at(-10) === 'A' ? 'B' : 'A') + text.slice(-9), 'key-binding-signature'],
    ['key of somebody else', kb({ key: stranger }), 'key-binding-signature'],
    ['another aud', kb({ payload: { aud: 'x509_hash:other' } }), 'key-binding-audience'],
    ['aud of the response_uri', async (text, request) => bound(text, { payload: { aud: request.response_uri } }), 'key-binding-audience'],
    ['another nonce', kb({ payload: { nonce: 'other' } }), 'key-binding-nonce'],
    ['nonce of another request', async (text) => bound(text, { payload: { nonce: (await other()).nonce } }), 'key-binding-nonce'],
    ['another sd_hash', kb({ payload: { sd_hash: digest('other') } }), 'key-binding-hash'],
    ['a disclosure taken away after signing', (text) => {
      const { jwt, disclosures, binding } = parts(text)
      return [jwt, ...disclosures.slice(1), binding].join('~')
    }, 'key-binding-hash'],
    ['iat six minutes ago', kb({ payload: { iat: now - 360 } }), 'key-binding-too-old'],
    ['iat last year', kb({ payload: { iat: now - 31_536_000 } }), 'key-binding-too-old'],
    ['iat in six minutes', kb({ payload: { iat: now + 360 } }), 'key-binding-in-future'],
    ['iat no number', kb({ payload: { iat: 'now' } }), 'key-binding-malformed'],
    ['no key binding', (text) => text.slice(0, text.lastIndexOf('~') + 1), 'key-binding-missing'],
    ['key binding of another type', kb({ header: { typ: 'JWT' } }), 'key-binding-type'],
    ['key binding says alg none', kb({ header: { alg: 'none' } }), 'jws-algorithm'],
    ['a disclosure changed', (text) => {
      const { jwt, disclosures } = parts(text)
      const [salt, name] = json(disclosures[0])
      const bent = base64url(JSON.stringify([salt, name, 'LAIN']))
      return bound(text, { body: [jwt, bent, ...disclosures.slice(1), ''].join('~') })
    }, 'sd-jwt-disclosure-unreferenced'],
    ['a disclosure twice', (text) => {
      const { jwt, disclosures } = parts(text)
      return bound(text, { body: [jwt, disclosures[0], ...disclosures, ''].join('~') })
    }, 'sd-jwt-disclosure-repeated'],
    ['a fact left out', (_, request) => shown(request, names.slice(1)), 'response-missing-claim'],
    ['a fact nobody asked for', (_, request) => shown(request, [...names, job.absent]), 'response-unasked-claim'],
    ['no SD-JWT', () => 'halo', 'sd-jwt-no-tilde'],
    ['markup', () => '<script>alert(1)</script>~', 'jws-not-compact'],
  ]
  for (const [name, change, code] of cases) {
    const { request, session } = await asked()
    const honest = await shown(request)
    await refused(name, code, await answer(request, { [queryId(request)]: [await change(honest, request)] }))
    const said = await counter('session', session)
    check(`refused: ${name}: no facts`, said.decision === 'refused' && Object.keys(said.facts ?? {}).length === 0, JSON.stringify(said))
    // The neighbour: a refusal does not use the request up, and the honest answer to it is taken.
    const { response } = await answer(request, { [queryId(request)]: [honest] })
    check(`beside it: ${name}: the honest answer is taken`, response.ok, `${response.status} ${await response.text()}`)
  }
}

async function around() {
  const { request, session } = await asked()
  const honest = await shown(request)
  const token = { [queryId(request)]: [honest] }
  const url = request.response_uri
  const post = async (body, to = url) => ({
    response: await fetch(to, { method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded' } }),
  })
  await refused('in the open although asked encrypted', 'response-not-encrypted', await answer(request, token, { encrypt: false }))
  const another = await asked()
  await refused('encrypted to the key of another request', 'jwe-sealed', await answer({ ...request, client_metadata: another.request.client_metadata }, token))
  await refused('state of another request', 'answer-state', await answer({ ...request, state: another.request.state }, token))
  await refused('no state', 'answer-state', await answer({ ...request, state: undefined }, token))
  await refused('a bent JWE', 'jwe-sealed', await answer(request, token, {
    change: (made) => ({ ...made, jarm: { ...made.jarm, responseJwt: made.jarm.responseJwt.replace(/\.[^.]+\.([^.]+)$/, (all) => `.AAAA${all.slice(5)}`) } }),
  }))
  await refused('no JWE', 'jwe-not-compact', await post('response=halo'))
  await refused('JSON in the place of a form', 'response-not-encrypted', await post('{"vp_token":{}}'))
  await refused('the parameter twice', 'response-repeated-parameter', await post('response=a&response=b'))
  await refused('a credential nobody asked for', 'response-unasked-credential', await answer(request, { ...token, lain: [honest] }))
  await refused('two presentations of one', 'response-too-many', await answer(request, { [queryId(request)]: [honest, honest] }))
  await refused('none', 'response-empty', await answer(request, {}))
  await refused('the answer to another session', 'answer-state', await post((await sealed(another.request, request, token)), url))
  await refused('an unknown session', 'session-unknown', await post('response=halo', url.replace(/[^/]+$/, 'tidak-ada')))
  const { response } = await answer(request, token)
  check('beside them: the honest answer is taken', response.ok, `${response.status} ${await response.text()}`)
  check('and accepted', (await counter('session', session)).decision === 'accepted')

  // The request fetched twice.
  const third = await counter('request', '--online', '--service', job.service)
  const fetched = async (nonce) => (nonce ? post(`wallet_nonce=${nonce}`, third.request_uri) : { response: await fetch(third.request_uri) })
  const first = await (await fetched('dompet-satu')).response.text()
  const again = await (await fetched('dompet-satu')).response.text()
  check('the wallet that was first gets its request again', first === again && first.split('.').length === 3, again)
  await refused('fetched by another wallet', 'request-taken', await fetched('dompet-dua'))
  await refused('fetched without a nonce afterwards', 'request-taken', await fetched(null))
  const own = { client_id: new URL(third.deep_link).searchParams.get('client_id'), request: first }
  const resolved = (await wallet.resolveOpenId4vpAuthorizationRequest({ authorizationRequestPayload: own, wallet: { expectedNonce: 'dompet-satu' } })).authorizationRequestPayload
  check('it repeats the nonce that was posted', resolved.wallet_nonce === 'dompet-satu', resolved.wallet_nonce)
  const taken = await answer(resolved, { [queryId(resolved)]: [await shown(resolved)] })
  check('its answer is taken', taken.response.ok, `${taken.response.status} ${await taken.response.text()}`)
  await refused('fetched after it was answered', 'request-expired', await fetched('dompet-satu'))

  // The same without a nonce: this library fetches plainly, and whoever fetches after it gets nothing.
  const plain = await asked()
  await refused('fetched plainly a second time', 'request-taken', { response: await fetch(plain.request_uri) })
  await refused('posted for after a plain fetch', 'request-taken', await post('wallet_nonce=dompet-tiga', plain.request_uri))
  const told = await counter('session', plain.session)
  check('the officer is told', told.state === 'open' && told.fetched_again === true, JSON.stringify(told))
  const owner = await answer(plain.request, { [queryId(plain.request)]: [await shown(plain.request)] })
  check('who fetched it first is answered', owner.response.ok, `${owner.response.status} ${await owner.response.text()}`)
  check('and accepted, with the word on the second', ((said) => said.decision === 'accepted' && said.fetched_again === true)(await counter('session', plain.session)))

  const declined = await asked('--unencrypted')
  const { state, response_uri: open } = declined.request
  await refused('no vp_token of that form', 'response-malformed', await post(`vp_token=halo&state=${state}`, open))
  await refused('neither answer nor error', 'response-empty', await post(`state=${state}`, open))
  const no = await post(`error=access_denied&state=${state}`, open)
  const said = await counter('session', declined.session)
  check('the holder declines: taken, told apart', no.response.ok && said.code === 'wallet-declined', `${no.response.status} ${JSON.stringify(said)}`)
}

// An answer made for one request, encrypted to the key of the other, as a body.
async function sealed(from, to, token) {
  const { jwks } = to.client_metadata
  const payload = JSON.stringify({ vp_token: token, state: from.state })
  const { jwe } = await encryptJwe({ publicJwk: jwks.keys[0], alg: 'ECDH-ES', enc: 'A256GCM' }, payload)
  return `response=${jwe}`
}

try {
  await accepted()
  await meddled()
  await around()
  check('each kind of refusal has its own code', codes.size >= 25, [...codes].join(' '))
} catch (error) {
  check('no error on the way', false, error.stack ?? error)
}
process.stdout.write(JSON.stringify(result))
process.exit(result.checks.every(([, ok]) => ok) ? 0 : 1)

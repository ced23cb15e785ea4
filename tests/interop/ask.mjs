// A verifier that is not ours: @openid4vc/openid4vp asks our wallet over HTTP, jose opens encrypted answers, @sd-jwt/*
// verifies what was shown; then the same requests, meddled with, must be refused by the wallet, each by its own code.
//
//   node ask.mjs key                                    → a fresh key pair {public, private}
//   node ask.mjs <job.json >result.json
//
// job: {wallet: [program, arguments…], key: private JWK, registration: signed registration, certificate: base64 DER,
//       issuer, facts: {name: value of the CSV row}}
// result: {checks: [[name, ok, detail]…]}; exit 0 when all are ok.
import { execFile } from 'node:child_process'
import { createHash, randomBytes, webcrypto } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { isDeepStrictEqual, promisify } from 'node:util'
import { Openid4vpVerifier } from '@openid4vc/openid4vp'
import { setGlobalConfig } from '@openid4vc/oauth2'
import { SDJwtVcInstance } from '@sd-jwt/sd-jwt-vc'
import { compactDecrypt, exportJWK, generateKeyPair } from 'jose'
import { ES256, hasher, headerOf, newKey, publishedKey, publishedStatusKey, publicJwk, signJwt, verifierOf } from './keys.mjs'

if (process.argv[2] === 'key') {
  const pair = await newKey()
  const own = await webcrypto.subtle.exportKey('jwk', pair.privateKey)
  process.stdout.write(JSON.stringify({ public: await publicJwk(pair), private: { kty: own.kty, crv: own.crv, x: own.x, y: own.y, d: own.d } }))
  process.exit(0)
}

setGlobalConfig({ allowInsecureUrls: true })
const job = JSON.parse(readFileSync(0, 'utf8'))
const result = { checks: [] }
const check = (name, ok, detail = '') => result.checks.push([name, Boolean(ok), ok ? '' : String(detail)])
const base64url = (value) => Buffer.from(value).toString('base64url')
const random = () => randomBytes(16).toString('base64url')

const certificate = Buffer.from(job.certificate, 'base64')
const privateKey = await webcrypto.subtle.importKey('jwk', job.key, ES256, false, ['sign'])
const stranger = (await newKey()).privateKey
const clientId = `x509_hash:${createHash('sha256').update(certificate).digest('base64url')}`
const opener = await generateKeyPair('ECDH-ES', { crv: 'P-256' })
const openerJwk = { ...(await exportJWK(opener.publicKey)), kid: 'opener', alg: 'ECDH-ES', use: 'enc' }
const header = { typ: 'oauth-authz-req+jwt', alg: 'ES256', x5c: [certificate.toString('base64')] }

// What goes over the wire, both ways; `serve` says what the next request for the Request Object gets.
let serve = null
let posted = null
const server = createServer((request, response) => {
  let body = ''
  request.on('data', (chunk) => (body += chunk))
  request.on('end', async () => {
    if (request.url === '/request') {
      const jar = await serve(request.method, new URLSearchParams(body))
      response.writeHead(200, { 'content-type': 'application/oauth-authz-req+jwt' }).end(jar)
    } else {
      posted = Object.fromEntries(new URLSearchParams(body))
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    }
  })
})
await new Promise((done) => server.listen(0, '127.0.0.1', done))
const base = `http://127.0.0.1:${server.address().port}`

const verifier = new Openid4vpVerifier({
  callbacks: {
    hash: hasher,
    signJwt: async (signer, { header: own, payload }) => ({ jwt: await signJwt({ privateKey }, { ...own, ...header }, payload), signerJwk: job.key }),
    encryptJwe: async () => {
      throw new Error('no request is encrypted here')
    },
    decryptJwe: async (jwe) => {
      const { plaintext, protectedHeader } = await compactDecrypt(jwe, opener.privateKey)
      check('the answer names the key it is encrypted to', protectedHeader.kid === 'opener', protectedHeader.kid)
      return { decrypted: true, decryptionJwk: openerJwk, payload: Buffer.from(plaintext).toString() }
    },
    verifyJwt: async () => ({ verified: false }),
  },
})

const query = (claims) => ({
  credentials: [{ id: 'ktp', format: 'dc+sd-jwt', meta: { vct_values: [job.vct] }, claims: claims.map((name) => ({ path: [name] })) }],
})

// Plain OpenID4VP parameters; the registration goes along as verifier_info.
function parameters(mode, more = {}) {
  const metadata = { vp_formats_supported: { 'dc+sd-jwt': { 'sd-jwt_alg_values': ['ES256'], 'kb-jwt_alg_values': ['ES256'] } } }
  if (mode === 'direct_post.jwt') {
    metadata.jwks = { keys: [openerJwk] }
    metadata.encrypted_response_enc_values_supported = more.enc ?? ['A128GCM', 'A256GCM']
  }
  return {
    response_type: 'vp_token', response_mode: mode, client_id: clientId, response_uri: `${base}/response`,
    nonce: random(), state: random(), dcql_query: query(Object.keys(job.facts)), client_metadata: metadata,
    verifier_info: [{ format: job.registration_format, data: job.registration }], ...more.parameters,
  }
}

// Made by the library: the request, and the payload it will check the answer against.
async function created(payload, wallet) {
  const made = await verifier.createOpenId4vpAuthorizationRequest({
    authorizationRequestPayload: payload,
    jar: {
      requestUri: `${base}/request`, expiresInSeconds: 300, jwtSigner: { method: 'x5c', alg: 'ES256', x5c: header.x5c },
      additionalJwtPayload: { aud: 'https://self-issued.me/v2' },
    },
    ...(wallet ? { wallet } : {}),
  })
  return { link: made.authorizationRequest, jar: made.jar.authorizationRequestJwt, payload }
}

async function wallet(link) {
  posted = null
  const [program, ...words] = job.wallet
  const done = await promisify(execFile)(program, [...words, 'respond', link, '--yes', '--json'], { timeout: 60_000 }).catch((error) => error)
  try {
    return JSON.parse(done.stdout)
  } catch {
    return { error: { code: `no JSON: ${done.stdout}${done.stderr}` } }
  }
}

async function shown(name, payload, said) {
  check(`${name}: our wallet answers`, said.shared?.confirmed, JSON.stringify(said.error))
  if (!posted) return
  const parsed = await verifier.parseOpenid4vpAuthorizationResponse({
    authorizationResponse: posted, authorizationRequestPayload: payload,
    callbacks: verifier.options?.callbacks,
  })
  check(`${name}: the library takes the answer`, parsed.type === 'dcql', parsed.type)
  const [text] = parsed.dcql.presentations.ktp
  const { kid } = headerOf(text)
  const instance = new SDJwtVcInstance({
    hasher, hashAlg: 'sha-256', verifier: await verifierOf(await publishedKey(job.issuer, kid)),
    kbVerifier: async (data, signature, own) => (await verifierOf(own.cnf.jwk))(data, signature),
    statusVerifier: async (data, signature) =>
      (await verifierOf(await publishedStatusKey(job.issuer, headerOf(data).kid)))(data, signature),
  })
  const { payload: claims, kb } = await instance.verify(text, { keyBindingNonce: payload.nonce, skewSeconds: 60 })
  check(`${name}: @sd-jwt verifies signature and key binding`, kb?.payload.nonce === payload.nonce && kb.payload.aud === clientId, JSON.stringify(kb?.payload))
  const differing = Object.entries(job.facts).filter(([fact, value]) => !isDeepStrictEqual(claims[fact], value))
  check(`${name}: the facts are those of the row`, differing.length === 0, JSON.stringify(differing.map(([fact]) => [fact, claims[fact]])))
  check(`${name}: and no others`, !('nik' in claims) && !('agama' in claims), Object.keys(claims))
}

async function accepted() {
  for (const [name, mode, more] of [
    ['in the open', 'direct_post', {}],
    ['encrypted', 'direct_post.jwt', {}],
    ['encrypted, A128GCM only', 'direct_post.jwt', { enc: ['A128GCM'] }],
  ]) {
    const { link, jar, payload } = await created(parameters(mode, more))
    serve = () => jar
    await shown(name, payload, await wallet(link))
    check(`${name}: mode as asked`, Boolean(posted?.response) === (mode === 'direct_post.jwt'), Object.keys(posted ?? {}))
  }
  let payload = null
  serve = async (method, form) => {
    check('request_uri_method=post: the wallet posts its nonce', method === 'POST' && form.get('wallet_nonce')?.length >= 16, form)
    check('and what it can do', JSON.parse(form.get('wallet_metadata')).vp_formats_supported['dc+sd-jwt'], form.get('wallet_metadata'))
    payload = parameters('direct_post.jwt', { parameters: { wallet_nonce: form.get('wallet_nonce') } })
    return (await created(payload, { expectedNonce: form.get('wallet_nonce') })).jar
  }
  const link = `haip-vp://?${new URLSearchParams({ client_id: clientId, request_uri: `${base}/request`, request_uri_method: 'post' })}`
  const said = await wallet(link)
  await shown('haip-vp, request_uri_method=post', payload, said)
}

async function refused() {
  const payloadOf = (jar) => JSON.parse(Buffer.from(jar.split('.')[1], 'base64url'))
  const again = (jar, change, { key = privateKey, head = header } = {}) => signJwt({ privateKey: key }, head, change(payloadOf(jar)))
  const put = (more) => (payload) => ({ ...payload, ...more })
  const without = (name) => ({ [name]: _, ...payload }) => payload
  const now = Math.floor(Date.now() / 1000)
  const unsigned = (jar) => `${base64url(JSON.stringify({ ...header, alg: 'none' }))}.${jar.split('.')[1]}.`
  const cases = [
    ['missing nonce', (jar) => again(jar, without('nonce')), 'request-nonce-missing'],
    ['wrong client id', (jar) => again(jar, put({ client_id: `x509_hash:${base64url(randomBytes(32))}` })), 'request-client-id-mismatch'],
    ['other prefix', (jar) => again(jar, put({ client_id: 'redirect_uri:https://loket.example/' })), 'request-client-id-prefix'],
    ['bad signature', (jar) => again(jar, put({}), { key: stranger }), 'request-signature'],
    ['parameters changed after signing', async (jar) => {
      const [head, , signature] = jar.split('.')
      return [head, base64url(JSON.stringify({ ...payloadOf(jar), nonce: random() })), signature].join('.')
    }, 'request-signature'],
    ['redirect_uri with direct_post', (jar) => again(jar, put({ redirect_uri: 'https://loket.example/' })), 'request-redirect-uri'],
    ['unknown transaction data', (jar) => again(jar, put({ transaction_data: [base64url('{"type":"pay","credential_ids":["ktp"]}')] })), 'request-transaction-data'],
    ['unsigned', unsigned, 'request-unsigned'],
    ['no certificate', (jar) => again(jar, put({}), { head: { typ: header.typ, alg: 'ES256' } }), 'request-certificate'],
    ['other type of token', (jar) => again(jar, put({}), { head: { ...header, typ: 'JWT' } }), 'request-typ'],
    ['for another audience', (jar) => again(jar, put({ aud: 'https://wallet.example' })), 'request-audience'],
    ['expired', (jar) => again(jar, put({ exp: now - 1 })), 'request-lapsed'],
    ['made long ago', (jar) => again(jar, put({ iat: now - 3600 })), 'request-too-old'],
    ['made in the future', (jar) => again(jar, put({ iat: now + 3600 })), 'request-in-future'],
    ['answer elsewhere than by post', (jar) => again(jar, put({ response_mode: 'fragment' })), 'request-response-mode'],
    ['encrypted without a key', (jar) => again(jar, put({ response_mode: 'direct_post.jwt' })), 'request-encryption-key'],
    ['made for another wallet', (jar) => again(jar, put({ wallet_nonce: random() })), 'request-wallet-nonce'],
    ['asks for more than registered', (jar) => again(jar, put({ dcql_query: query(['nama', 'agama']) })), 'over-asking'],
    ['asks for the NIK', (jar) => again(jar, put({ dcql_query: query(['nik']) })), 'over-asking'],
    ['without registration', (jar) => again(jar, without('verifier_info')), 'unregistered'],
    ['no query', (jar) => again(jar, without('dcql_query')), 'request-no-query'],
  ]
  const codes = new Set()
  const refusedAs = async (name, link, code) => {
    const said = await wallet(link)
    check(`refused: ${name}: ${code}`, said.error?.code === code && posted === null, JSON.stringify(said.error ?? said))
    codes.add(code)
  }
  for (const [name, change, code] of cases) {
    const { link, jar } = await created(parameters('direct_post'))
    const changed = await change(jar)
    serve = () => changed
    await refusedAs(name, link, code)
  }
  const { link, jar, payload } = await created(parameters('direct_post'))
  serve = () => jar
  await refusedAs('client id of the link differs', link.replace(/client_id=[^&]*/, `client_id=x509_hash%3A${base64url(randomBytes(32))}`), 'request-other-client')
  await refusedAs('downgraded to an answer in the open', link.replace('openid4vp://', 'haip-vp://'), 'request-downgrade')
  await refusedAs('the nonce that was posted is not repeated', `${link}&request_uri_method=post`, 'request-wallet-nonce')
  await refusedAs('unknown request_uri_method', `${link}&request_uri_method=put`, 'request-uri-method')
  await refusedAs('parameters in the link, unsigned', `openid4vp://?${new URLSearchParams({ client_id: clientId, response_type: 'vp_token', nonce: random() })}`, 'request-unsigned')
  await refusedAs('request at a private address', `openid4vp://?${new URLSearchParams({ client_id: clientId, request_uri: 'https://10.0.0.1/request' })}`, 'network-forbidden-address')
  await shown('the valid neighbour', payload, await wallet(link))
  await refusedAs('replayed', link, 'request-answered-before')
  check('each kind of refusal has its own code', codes.size >= 24, codes.size)
}

try {
  await accepted()
  await refused()
} catch (error) {
  check('no error on the way', false, error.stack ?? error)
}
server.close()
process.stdout.write(JSON.stringify(result))
process.exit(result.checks.every(([, ok]) => ok) ? 0 : 1)

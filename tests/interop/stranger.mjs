// An issuer that is not ours: @openid4vc/openid4vci and @openid4vc/oauth2 on the server's side, @sd-jwt/sd-jwt-vc signs. A
// university, on nobody's list, with a student card of its own and type metadata for it.
//
//   node stranger.mjs [wrong]      prints one JSON line {issuer, offers: [{offer, tx_code}…], vct}, then serves until its
//                                  input ends; "wrong" serves type metadata other than what was signed for.
import { createHash, randomBytes, webcrypto } from 'node:crypto'
import { createServer } from 'node:http'
import { Oauth2AuthorizationServer, preAuthorizedCodeGrantIdentifier } from '@openid4vc/oauth2'
import { Openid4vciIssuer, Openid4vciVersion, setGlobalConfig } from '@openid4vc/openid4vci'
import { SDJwtVcInstance } from '@sd-jwt/sd-jwt-vc'
import { ES256, hasher, newKey, publicJwk, signJwt, verifierOf } from './keys.mjs'

setGlobalConfig({ allowInsecureUrls: true })

const isWrong = process.argv[2] === 'wrong'
const TX_CODE = '493536'
const COPIES = 2
const server = createServer()
await new Promise((ready) => server.listen(0, '127.0.0.1', ready))
const issuer = `http://127.0.0.1:${server.address().port}`
const vct = `${issuer}/types/ktm`

const types = {
  vct,
  name: 'Student card',
  display: [
    { locale: 'id', lang: 'id', name: 'Kartu Tanda Mahasiswa' },
    { locale: 'en', lang: 'en', name: 'Student card' },
  ],
  claims: [
    { path: ['npm'], display: [{ locale: 'id', lang: 'id', label: 'Nomor mahasiswa', name: 'Nomor mahasiswa' }, { locale: 'en', lang: 'en', label: 'Student number', name: 'Student number' }], sd: 'allowed' },
    { path: ['prodi'], display: [{ locale: 'id', lang: 'id', label: 'Program studi', name: 'Program studi' }, { locale: 'en', lang: 'en', label: 'Course of study', name: 'Course of study' }], sd: 'allowed' },
  ],
}
const document = JSON.stringify(types)
const integrity = `sha256-${createHash('sha256').update(document).digest('base64')}`

const [credentialKey, tokenKey] = [await newKey(), await newKey()]
const published = { ...(await publicJwk(credentialKey)), kid: 'ktm-1', alg: 'ES256', use: 'sig' }
const tokenJwk = { ...(await publicJwk(tokenKey)), kid: 'token-1' }

const callbacks = {
  fetch,
  hash: hasher,
  generateRandom: (length) => randomBytes(length),
  clientAuthentication: () => {},
  signJwt: async (signer, { header, payload }) => ({ jwt: await signJwt(tokenKey, header, payload), signerJwk: tokenJwk }),
  verifyJwt: async (signer, { compact, header }) => {
    const jwk = signer.publicJwk ?? header.jwk
    const [head, body, signature] = compact.split('.')
    const verified = await (await verifierOf(jwk))(`${head}.${body}`, signature)
    return verified ? { verified, signerJwk: jwk } : { verified }
  },
}
const vci = new Openid4vciIssuer({ callbacks })
const oauth = new Oauth2AuthorizationServer({ callbacks })
const authorizationServer = oauth.createAuthorizationServerMetadata({
  issuer,
  token_endpoint: `${issuer}/token`,
  response_types_supported: ['code'],
  grant_types_supported: [preAuthorizedCodeGrantIdentifier],
  'pre-authorized_grant_anonymous_access_supported': true,
})
const credentialIssuer = vci.createCredentialIssuerMetadata({
  credential_issuer: issuer,
  credential_endpoint: `${issuer}/credential`,
  nonce_endpoint: `${issuer}/nonce`,
  batch_credential_issuance: { batch_size: COPIES },
  display: [{ name: 'Universitas Contoh', locale: 'id' }],
  credential_configurations_supported: {
    ktm: {
      format: 'dc+sd-jwt',
      vct,
      scope: 'ktm',
      cryptographic_binding_methods_supported: ['jwk'],
      credential_signing_alg_values_supported: ['ES256'],
      proof_types_supported: { jwt: { proof_signing_alg_values_supported: ['ES256'] } },
      credential_metadata: { display: [{ name: 'Kartu Tanda Mahasiswa', locale: 'id' }] },
    },
  },
})
const issuerMetadata = {
  originalDraftVersion: Openid4vciVersion.V1,
  credentialIssuer,
  authorizationServers: [authorizationServer],
  knownCredentialConfigurations: vci.getKnownCredentialConfigurationsSupported(credentialIssuer),
}

const codes = new Map()
const nonces = new Set()
const tokens = new Set()

async function newOffer() {
  const code = randomBytes(24).toString('base64url')
  codes.set(code, TX_CODE)
  const { credentialOffer } = await vci.createCredentialOffer({
    issuerMetadata,
    credentialConfigurationIds: ['ktm'],
    grants: { [preAuthorizedCodeGrantIdentifier]: { 'pre-authorized_code': code, tx_code: { input_mode: 'numeric', length: 6 } } },
  })
  return { offer: credentialOffer, tx_code: TX_CODE }
}

const sdjwt = new SDJwtVcInstance({
  hasher,
  hashAlg: 'sha-256',
  saltGenerator: () => randomBytes(16).toString('base64url'),
  signAlg: 'ES256',
  signer: async (data) => {
    const signature = await webcrypto.subtle.sign({ ...ES256, hash: 'SHA-256' }, credentialKey.privateKey, Buffer.from(data))
    return Buffer.from(signature).toString('base64url')
  },
})

async function credentialFor(jwk) {
  const now = Math.floor(Date.now() / 1000)
  const { kty, crv, x, y } = jwk
  const payload = {
    iss: issuer, vct, 'vct#integrity': integrity, iat: now, nbf: now, exp: now + 20 * 86400,
    cnf: { jwk: { kty, crv, x, y } },
    nama: 'SITI AMINAH', npm: '2205101077', prodi: 'Teknik Informatika',
  }
  return sdjwt.issue(payload, { _sd: ['nama', 'npm', 'prodi'] }, { header: { typ: 'dc+sd-jwt', kid: 'ktm-1' } })
}

const bodyOf = async (request) => {
  const parts = []
  for await (const part of request) parts.push(part)
  return Buffer.concat(parts).toString()
}
const like = (request) => ({ headers: new Headers(request.headers), method: request.method, url: `${issuer}${request.url}` })

const routes = {
  'GET /.well-known/openid-credential-issuer': async () => credentialIssuer,
  'GET /.well-known/oauth-authorization-server': async () => authorizationServer,
  'GET /.well-known/jwt-vc-issuer': async () => ({ issuer, jwks: { keys: [published] } }),
  'GET /types/ktm': async () => (isWrong ? { ...types, name: 'Another' } : types),
  'POST /nonce': async () => {
    const nonce = randomBytes(16).toString('base64url')
    nonces.add(nonce)
    return vci.createNonceResponse({ cNonce: nonce })
  },
  'POST /token': async (request, body) => {
    const parsed = oauth.parseAccessTokenRequest({ request: like(request), accessTokenRequest: Object.fromEntries(new URLSearchParams(body)) })
    const code = parsed.grant.preAuthorizedCode
    await oauth.verifyPreAuthorizedCodeAccessTokenRequest({
      authorizationServerMetadata: authorizationServer, grant: parsed.grant, accessTokenRequest: parsed.accessTokenRequest,
      request: like(request), expectedPreAuthorizedCode: codes.has(code) ? code : 'none', expectedTxCode: codes.get(code),
    })
    codes.delete(code)
    const answer = await oauth.createAccessTokenResponse({
      authorizationServer: issuer, audience: issuer, subject: 'student', expiresInSeconds: 300,
      signer: { method: 'jwk', alg: 'ES256', publicJwk: tokenJwk },
    })
    tokens.add(answer.access_token)
    return answer
  },
  'POST /credential': async (request, body) => {
    if (!tokens.has(request.headers.authorization?.replace(/^Bearer /, ''))) throw Object.assign(new Error('token'), { status: 401 })
    const asked = vci.parseCredentialRequest({ issuerMetadata, credentialRequest: JSON.parse(body) })
    const credentials = []
    for (const jwt of asked.proofs.jwt) {
      const nonce = JSON.parse(Buffer.from(jwt.split('.')[1], 'base64url')).nonce
      if (!nonces.has(nonce)) throw new Error('nonce')
      const { header } = await vci.verifyCredentialRequestJwtProof({ issuerMetadata, jwt, expectedNonce: nonce })
      credentials.push({ credential: await credentialFor(header.jwk) })
    }
    return vci.createCredentialResponse({ credentialRequest: asked, credentials })
  },
}

server.on('request', async (request, response) => {
  const answer = (status, value) => {
    const text = request.url === '/types/ktm' && !isWrong ? document : JSON.stringify(value)
    response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(text)
  }
  try {
    const route = routes[`${request.method} ${request.url}`]
    if (!route) return answer(404, {})
    answer(200, await route(request, await bodyOf(request)))
  } catch (error) {
    process.stderr.write(`${request.url}: ${error.stack}\n`)
    answer(error.status ?? 400, error.errorResponse ?? { error: 'invalid_request', error_description: String(error.message) })
  }
})

process.stdout.write(`${JSON.stringify({ issuer, vct, offers: [await newOffer(), await newOffer(), await newOffer()] })}\n`)
process.stdin.resume()
process.stdin.on('end', () => process.exit(0))

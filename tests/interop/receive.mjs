// A wallet that is not ours: @openid4vc/openid4vci receives a card, @sd-jwt/* verifies it.
//
//   node receive.mjs <job.json >result.json
//
// job: {offer: deep link, tx_code, copies, expected: claims of the CSV row, absent: [names], photo, wrong_tx_code?}
//   or {credential, issuer, refused: words}: a card received before, to be refused now for that reason.
// result: {checks: [[name, ok, detail]…], credential, issuer}; exit 0 when all are ok.
import { readFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { clientAuthenticationAnonymous } from '@openid4vc/oauth2'
import { Openid4vciVersion } from '@openid4vc/openid4vci'
import { SDJwtVcInstance } from '@sd-jwt/sd-jwt-vc'
import { newClient } from './client.mjs'
import { hasher, headerOf, publishedKey, publishedStatusKey, verifierOf } from './keys.mjs'

const job = JSON.parse(readFileSync(0, 'utf8'))
const FORMAT = 'dc+sd-jwt'

const result = { checks: [], credential: null, issuer: null }
const check = (name, ok, detail = '') => result.checks.push([name, Boolean(ok), ok ? '' : String(detail)])

const { client, jwks } = await newClient(clientAuthenticationAnonymous(), job.copies ?? 0)

async function receive() {
  const offer = await client.resolveCredentialOffer(job.offer)
  const metadata = await client.resolveIssuerMetadata(offer.credential_issuer)
  result.issuer = metadata.credentialIssuer.credential_issuer
  check('metadata read as OpenID4VCI 1.0', metadata.originalDraftVersion === Openid4vciVersion.V1, metadata.originalDraftVersion)
  const supported = metadata.credentialIssuer.credential_configurations_supported
  const id = offer.credential_configuration_ids.find((id) => supported[id].format === FORMAT)
  check('offer lists KtpElektronik_dc_sd_jwt', id === 'KtpElektronik_dc_sd_jwt', id)

  const token = (txCode) =>
    client.retrievePreAuthorizedCodeAccessTokenFromOffer({ credentialOffer: offer, issuerMetadata: metadata, txCode })
  if (job.wrong_tx_code) {
    const refused = await token(job.wrong_tx_code).then(() => 'accepted', (error) => error.errorResponse?.error ?? error.message)
    check('wrong transaction code refused as invalid_grant', refused === 'invalid_grant', refused)
  }
  const { accessTokenResponse } = await token(job.tx_code)
  check('token given', accessTokenResponse.token_type.toLowerCase() === 'bearer', accessTokenResponse.token_type)

  const { c_nonce: nonce } = await client.requestNonce({ issuerMetadata: metadata })
  const proofs = []
  for (const jwk of jwks) {
    const { jwt } = await client.createCredentialRequestJwtProof({
      issuerMetadata: metadata,
      credentialConfigurationId: id,
      nonce,
      signer: { method: 'jwk', publicJwk: jwk, alg: 'ES256' },
    })
    proofs.push(jwt)
  }
  const { credentialResponse } = await client.retrieveCredentials({
    issuerMetadata: metadata,
    accessToken: accessTokenResponse.access_token,
    credentialConfigurationId: id,
    proofs: { jwt: proofs },
  })
  const credentials = credentialResponse.credentials.map(({ credential }) => credential)
  check('one copy per key', credentials.length === job.copies, credentials.length)
  return credentials
}

async function instanceFor(header) {
  const statusKey = async (jwt) => verifierOf(await publishedStatusKey(result.issuer, headerOf(jwt).kid))
  return new SDJwtVcInstance({
    hasher,
    hashAlg: 'sha-256',
    verifier: await verifierOf(await publishedKey(result.issuer, header.kid)),
    statusVerifier: async (data, signature) => (await statusKey(`${data}.${signature}`))(data, signature),
  })
}

async function verify(credential, vct) {
  const header = headerOf(credential)
  const instance = await instanceFor(header)
  const { payload } = await instance.verify(credential)
  check('@sd-jwt/sd-jwt-vc verifies signature, disclosures and status', true)
  check('x5c beside kid: leaf and issuing authority, no root', header.x5c?.length === 2, header.x5c?.length)
  check('issuer is the one of the offer', payload.iss === result.issuer, payload.iss)
  check('type is the one of the metadata', payload.vct === vct, payload.vct)
  const now = Date.now() / 1000
  check('valid now, for at most 30 days', payload.nbf <= now && now < payload.exp && payload.exp - payload.nbf <= 30 * 86400, `${payload.nbf}–${payload.exp}`)
  const claims = await instance.getClaims(credential)
  const differing = Object.entries(job.expected).filter(([name, value]) => !isDeepStrictEqual(claims[name], value))
  check(`${Object.keys(job.expected).length} claims equal the row`, differing.length === 0, JSON.stringify(differing.map(([name, value]) => [name, value, claims[name]])))
  const present = job.absent.filter((name) => name in claims)
  check(`none of ${job.absent.join(', ')}`, present.length === 0, present)
  if (job.photo) {
    const picture = Buffer.from(/^data:image\/webp;base64,(.*)$/.exec(claims.portrait)?.[1] ?? '', 'base64')
    const webp = picture.subarray(0, 4).toString() === 'RIFF' && picture.subarray(8, 12).toString() === 'WEBP'
    check('the portrait is a WebP picture of at most 1,000 bytes', webp && picture.length <= 1000, picture.length)
  }
  // Every fact about the person is disclosed one by one, none stands open.
  const open = Object.keys(job.expected).filter((name) => name in payload && name !== 'jaminanKunci')
  const signed = JSON.parse(Buffer.from(credential.split('.')[1], 'base64url').toString())
  check('no fact stands open in the signed part', open.every((name) => !(name in signed)), open)
  return payload.cnf?.jwk
}

async function refused() {
  result.issuer = job.issuer
  const instance = await instanceFor(headerOf(job.credential))
  const said = await instance.verify(job.credential).then(() => 'accepted', (error) => error.message)
  check(`@sd-jwt/sd-jwt-vc refuses it: ${job.refused}`, said.includes(job.refused), said)
}

async function received() {
  const credentials = await receive()
  const metadata = await (await fetch(`${result.issuer}/.well-known/openid-credential-issuer`)).json()
  const vct = metadata.credential_configurations_supported.KtpElektronik_dc_sd_jwt.vct
  const bound = await verify(credentials[0], vct)
  check('cnf is the key of the first proof', bound?.x === jwks[0].x && bound?.y === jwks[0].y, JSON.stringify(bound))
  const keys = credentials.map((text) => JSON.parse(Buffer.from(text.split('.')[1], 'base64url').toString()))
  check('each copy is bound to its own key', keys.every(({ cnf }, i) => cnf.jwk.x === jwks[i].x), 'order of keys')
  const places = new Set(keys.map(({ status }) => status.status_list.idx))
  check('each copy has its own place in the status list', places.size === credentials.length, places.size)
  result.credential = credentials[0]
  result.holder = jwks[0]
}

try {
  await (job.refused ? refused() : received())
} catch (error) {
  check('no error on the way', false, error.stack ?? error)
}
process.stdout.write(JSON.stringify(result))
process.exit(result.checks.every(([, ok]) => ok) ? 0 : 1)

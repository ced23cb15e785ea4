// A wallet that is not ours logs in: @openid4vc/openid4vci pushes its request, an officer's code is typed on our page, and
// cards come for tokens that are bound to its key.
//
//   node authorize.mjs <job.json >result.json
//
// job: {offer: deep link of a public offer, login_code}
// result: {checks: [[name, ok, detail]…]}; exit 0 when all are ok.
import { readFileSync } from 'node:fs'
import { clientAuthenticationNone } from '@openid4vc/oauth2'
import { newClient } from './client.mjs'
import { headerOf } from './keys.mjs'

const job = JSON.parse(readFileSync(0, 'utf8'))
const result = { checks: [] }
const check = (name, ok, detail = '') => result.checks.push([name, Boolean(ok), ok ? '' : String(detail)])

const CLIENT = 'stranger-wallet'
const CALLBACK = 'http://127.0.0.1:9/callback'
const { client, jwks } = await newClient(clientAuthenticationNone({ clientId: CLIENT }), 2)
const signer = (n) => ({ method: 'jwk', publicJwk: jwks[n], alg: 'ES256' })

async function logIn(url) {
  const page = await fetch(url)
  const text = await page.text()
  check('the page loads and runs nothing', page.status === 200 && !/<script/i.test(text), `${page.status} ${text.slice(0, 200)}`)
  const { searchParams } = new URL(url)
  const form = new URLSearchParams({ client_id: CLIENT, request_uri: searchParams.get('request_uri'), login_code: job.login_code, action: 'agree' })
  const back = await fetch(new URL('/authorize', url), { method: 'POST', body: form, redirect: 'manual' })
  check('the code leads back to the wallet', back.status === 303, back.status)
  return new URL(back.headers.get('location'))
}

async function receive() {
  const credentialOffer = await client.resolveCredentialOffer(job.offer)
  const issuerMetadata = await client.resolveIssuerMetadata(credentialOffer.credential_issuer)
  const asked = await client.createAuthorizationRequestUrlFromOffer({
    credentialOffer, issuerMetadata, clientId: CLIENT, redirectUri: CALLBACK, scope: 'KtpElektronik',
    dpop: { signer: signer(0) },
  })
  const address = new URL(asked.authorizationRequestUrl)
  check('the request was pushed: only its name stands in the address', [...address.searchParams.keys()].sort().join() === 'client_id,request_uri', address.search)
  const back = await logIn(asked.authorizationRequestUrl)
  const { searchParams } = back
  check('the issuer names itself in the answer', searchParams.get('iss') === credentialOffer.credential_issuer, back.search)
  const given = await client.retrieveAuthorizationCodeAccessTokenFromOffer({
    credentialOffer, issuerMetadata, authorizationCode: searchParams.get('code'), pkceCodeVerifier: asked.pkce.codeVerifier,
    redirectUri: CALLBACK, dpop: asked.dpop ?? { signer: signer(0) },
  })
  check('the token is bound', given.accessTokenResponse.token_type === 'DPoP', given.accessTokenResponse.token_type)
  check('a refresh token comes along', given.accessTokenResponse.refresh_token)
  const { c_nonce: nonce } = await client.requestNonce({ issuerMetadata })
  const id = 'KtpElektronik_dc_sd_jwt'
  const { jwt } = await client.createCredentialRequestJwtProof({ issuerMetadata, credentialConfigurationId: id, nonce, signer: signer(1) })
  const dpop = given.dpop ?? { signer: signer(0) }
  const accessToken = given.accessTokenResponse.access_token
  const { credentialResponse } = await client.retrieveCredentials({
    issuerMetadata, accessToken, credentialConfigurationId: id, proofs: { jwt: [jwt] }, dpop,
  })
  const [{ credential }] = credentialResponse.credentials
  check('a card comes', headerOf(credential).typ === 'dc+sd-jwt', JSON.stringify(headerOf(credential)))
  await client.sendNotification({
    issuerMetadata, accessToken, dpop: credentialResponse.dpop ?? dpop,
    notification: { notificationId: credentialResponse.notification_id, event: 'credential_accepted' },
  })
  check('its receipt is taken', true)
  const bearer = await client
    .retrieveCredentials({ issuerMetadata, accessToken, credentialConfigurationId: 'KtpElektronik_vc_sd_jwt', proofs: { jwt: [jwt] } })
    .then(() => 'given', (error) => error.response?.status ?? error.message)
  check('the same token without the key gives nothing', bearer === 401 || /401|invalid_token/.test(bearer), bearer)
}

try {
  await receive()
} catch (error) {
  check('no error on the way', false, error.stack ?? error)
}
process.stdout.write(JSON.stringify(result))
process.exit(result.checks.every(([, ok]) => ok) ? 0 : 1)

// The wallet that is not ours: @openid4vc/openid4vci with keys of Node's own.
import { randomBytes } from 'node:crypto'
import { Openid4vciClient, setGlobalConfig } from '@openid4vc/openid4vci'
import { hasher, newKey, publicJwk, signJwt } from './keys.mjs'

// The issuer under test listens on loopback without TLS.
setGlobalConfig({ allowInsecureUrls: true })

const unused = (name) => () => {
  throw new Error(`${name} is not part of this flow`)
}

// A client with so many keys: {client, jwks, pairs}.
export async function newClient(clientAuthentication, count) {
  const pairs = await Promise.all(Array.from({ length: count }, newKey))
  const jwks = await Promise.all(pairs.map(publicJwk))
  const pairOf = (jwk) => pairs[jwks.findIndex((own) => own.x === jwk.x && own.y === jwk.y)]
  const client = new Openid4vciClient({
    callbacks: {
      fetch,
      hash: hasher,
      generateRandom: (length) => randomBytes(length),
      clientAuthentication,
      signJwt: async (signer, { header, payload }) => ({
        jwt: await signJwt(pairOf(signer.publicJwk), header, payload),
        signerJwk: signer.publicJwk,
      }),
      verifyJwt: unused('verifyJwt'),
      decryptJwe: unused('decryptJwe'),
      encryptJwe: unused('encryptJwe'),
    },
  })
  return { client, jwks, pairs }
}

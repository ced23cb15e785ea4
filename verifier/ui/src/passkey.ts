// What an authenticator is asked and what it answered, between the program's JSON and the browser's buffers.

type Json = Record<string, unknown>;
type Listed = { id: string; type: "public-key" };

function bytes(text: string): ArrayBuffer {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (c) => c.charCodeAt(0)).buffer;
}

function text(buffer: ArrayBuffer | null): string | undefined {
  if (!buffer) return undefined;
  const plain = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function listed(all: unknown): PublicKeyCredentialDescriptor[] {
  return ((all as Listed[] | undefined) ?? []).map((one) => ({ ...one, id: bytes(one.id) }));
}

/** A new passkey; throws when the person or the authenticator does not go along. */
export async function create(options: { publicKey: Json }): Promise<Json> {
  const wanted = options.publicKey;
  const user = wanted["user"] as Json;
  const publicKey = {
    ...wanted,
    challenge: bytes(wanted["challenge"] as string),
    user: { ...user, id: bytes(user["id"] as string) },
    excludeCredentials: listed(wanted["excludeCredentials"]),
  } as unknown as PublicKeyCredentialCreationOptions;
  const made = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential;
  const response = made.response as AuthenticatorAttestationResponse;
  return {
    id: made.id,
    rawId: text(made.rawId),
    type: made.type,
    response: {
      attestationObject: text(response.attestationObject),
      clientDataJSON: text(response.clientDataJSON),
      transports: response.getTransports(),
    },
    extensions: {},
  };
}

/** Proof of a passkey; throws as `create` does. */
export async function prove(options: { publicKey: Json }): Promise<Json> {
  const wanted = options.publicKey;
  const publicKey = {
    ...wanted,
    challenge: bytes(wanted["challenge"] as string),
    allowCredentials: listed(wanted["allowCredentials"]),
  } as unknown as PublicKeyCredentialRequestOptions;
  const made = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential;
  const response = made.response as AuthenticatorAssertionResponse;
  return {
    id: made.id,
    rawId: text(made.rawId),
    type: made.type,
    response: {
      authenticatorData: text(response.authenticatorData),
      clientDataJSON: text(response.clientDataJSON),
      signature: text(response.signature),
      userHandle: text(response.userHandle),
    },
    extensions: {},
  };
}

// One HTTP exchange as the machine wants it: no cookies, no referrer, no redirects, no more bytes than allowed.
import type { Job } from "./wire";

const PATIENCE_MS = 30_000;

export type Answer = { status: number; type: string; nonce: string | undefined; body: Uint8Array };
/** Why there is no answer. */
export type Silence = "unreachable" | "redirected" | "too-large" | "timed-out";

export async function exchange(job: Job): Promise<Answer | Silence> {
  const patience = AbortSignal.timeout(PATIENCE_MS);
  try {
    const answer = await fetch(job.url, {
      method: job.method,
      headers: job.headers,
      body: job.body,
      redirect: "manual",
      credentials: "omit",
      referrerPolicy: "no-referrer",
      cache: "no-store",
      signal: patience,
    });
    if (answer.type === "opaqueredirect") return "redirected";
    const body = await upTo(job.limit, answer);
    if (!body) return "too-large";
    const type = (answer.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
    return { status: answer.status, type, nonce: answer.headers.get("dpop-nonce") ?? undefined, body };
  } catch {
    return patience.aborted ? "timed-out" : "unreachable";
  }
}

async function upTo(limit: number, answer: Response): Promise<Uint8Array | null> {
  const reader = answer.body?.getReader();
  const parts: Uint8Array[] = [];
  let size = 0;
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > limit) {
      await reader.cancel();
      return null;
    }
    parts.push(value);
  }
  const body = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    body.set(part, at);
    at += part.length;
  }
  return body;
}

// The one call that the page makes: POST /v1/analyses of the origin that it came from.

/** The service did not give an analysis: `status` 0 where it could not be reached, -1 where its answer cannot be read. */
export class RefusedError extends Error {
  constructor(status, { problem = {}, requestId = "", retryAfter = "" } = {}) {
    super(problem.title ?? String(status));
    this.status = status;
    this.problem = problem;
    this.requestId = requestId;
    this.retryAfter = retryAfter;
  }
}

/**
 * What the service answers to `articles`, told in `language`: the answer, and its bytes as text. `key` is sent where
 * there is one, and kept nowhere. Raises RefusedError, or the AbortError of `signal`.
 */
export async function analyze(articles, { language, key, signal }) {
  const headers = { "Content-Type": "application/json", Accept: "application/json", "Accept-Language": language };
  if (key) headers.Authorization = `Bearer ${key}`;
  let response;
  let body;
  try {
    const request = { method: "POST", headers, body: JSON.stringify({ articles }), signal, cache: "no-store" };
    response = await fetch("v1/analyses", { ...request, credentials: "same-origin", redirect: "error" });
    body = await response.text();
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new RefusedError(0);
  }
  const message = parse(body);
  if (response.ok && Array.isArray(message?.conflicts)) return { answer: message, body };
  throw new RefusedError(response.ok ? -1 : response.status, {
    problem: message ?? {},
    requestId: response.headers.get("X-Request-Id") ?? "",
    retryAfter: response.headers.get("Retry-After") ?? "",
  });
}

function parse(body) {
  try {
    const message = JSON.parse(body);
    return typeof message === "object" ? message : null;
  } catch {
    return null;
  }
}

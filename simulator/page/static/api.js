// The control API of the pretend Telegram.

async function call(path, options) {
  const answer = await fetch(`/control/${path}`, options);
  const body = await answer.json().catch(() => ({ error: `${answer.status} ${answer.statusText}` }));
  if (!answer.ok) throw new Error(body.error ?? `status ${answer.status}`);
  return body;
}

export const get = (path) => call(path, { cache: "no-store" });

export const post = (path, body) => call(path, { method: "POST", body: JSON.stringify(body) });

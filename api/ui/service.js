// Asks the server this page came from.

const held = "saidgraph key"; // for this tab only, and never in the URL

export function keep(key) {
  sessionStorage.setItem(held, key);
}

// get returns the answer; what it throws is the problem that the server describes.
export async function get(path, query) {
  const url = "/v1/" + path + (query && [...new URLSearchParams(query)].length ? "?" + new URLSearchParams(query) : "");
  const key = sessionStorage.getItem(held);
  let response;
  try {
    response = await fetch(url, { headers: key ? { Authorization: "Bearer " + key } : {} });
  } catch {
    throw { title: "No connection", detail: "the server does not answer" };
  }
  const body = await response.json().catch(() => ({ title: "Error", status: response.status }));
  if (!response.ok) throw body;
  return body;
}

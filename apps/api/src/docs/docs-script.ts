import { EXAMPLE_VALUES } from '#http';

/**
 * Makes every operation of `/docs` executable as it is, with the interceptors of Swagger UI, which belong to its public interface.
 * The requests that the page shows are those that the interceptors return.
 */
export const DOCS_SCRIPT = `// Requests that contain one of these examples are sent with the value of the latest response that had one.
const EXAMPLES = ${JSON.stringify(EXAMPLE_VALUES, undefined, 2)};
const latest = {};
let buyer = 'user123';

const STREAM_SECONDS = 5;

function requestInterceptor(request) {
  request.curlOptions = [];
  for (const [name, value] of Object.entries(latest)) {
    request.url = request.url.replaceAll(EXAMPLES[name], encodeURIComponent(value));
    if (typeof request.body === 'string') request.body = request.body.replaceAll(EXAMPLES[name], value);
  }
  if (request.url.endsWith('/complete')) request.body = request.body.replace('"user123"', JSON.stringify(buyer));
  if (request.url.endsWith('/cart/events')) {
    request.curlOptions.push('-N');
    request.userFetch = fetchBeginning;
  }
  return request;
}

function responseInterceptor(response) {
  const { checkout_id, session_id, refresh_token, access_token, guest_id, user_id } = Object(response.body);
  remember('checkout_id', checkout_id);
  if (checkout_id) buyer = user_id;
  // That of a login is a session of the account.
  if (!refresh_token) remember('session_id', session_id);
  remember('refresh_token', refresh_token);
  if (user_id?.startsWith('acct_')) remember('account_id', user_id);
  if (guest_id) remember('guest_token', access_token);
  if (refresh_token) ui.preauthorizeApiKey('account', access_token);
  else if (access_token && claimsOf(access_token).act) ui.preauthorizeApiKey('agent', access_token);
  return response;
}

function remember(name, value) {
  if (value) latest[name] = value;
}

function claimsOf(token) {
  return JSON.parse(atob(token.split('.')[1].replaceAll('-', '+').replaceAll('_', '/')));
}

// Swagger UI gives the focus to the last field of the dialog. The first is the one that most operations need.
document.addEventListener('click', ({ target }) => {
  if (target.closest('.btn.authorize')) setTimeout(() => document.querySelector('.auth-container input')?.focus());
});

// Swagger UI shows a response once it has ended, which a stream never does.
async function fetchBeginning(url, options) {
  const response = await fetch(url, options);
  if (!response.ok) return response;
  const reader = response.body.getReader();
  setTimeout(() => reader.cancel(), STREAM_SECONDS * 1000);
  const chunks = [];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
  }
  return new Response(new Blob(chunks), response);
}
`;

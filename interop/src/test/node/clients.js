// Clients that others wrote, each for one test: signs in at the testkit whose base URL is BASE_URL,
// as CLIENT says, and prints what it found as one line of JSON.

import { PublicClientApplication } from '@azure/msal-node';
import { Client } from '@microsoft/microsoft-graph-client';
import * as openid from 'openid-client';

const CLIENT_ID = '11111111-2222-3333-4444-555555555555';
const AUTHORITY = 'https://login.microsoftonline.com';
const GRAPH = 'https://graph.microsoft.com';
const base = process.env.BASE_URL;

// Microsoft's libraries take https only; what they send there goes to the testkit.
function here(url) {
  for (const host of [AUTHORITY, GRAPH]) {
    if (url.startsWith(host)) {
      return base + url.substring(host.length);
    }
  }
  return url;
}

function networkClient() {
  async function send(method, url, options) {
    const response = await fetch(here(url), {
      method,
      headers: options?.headers,
      body: options?.body,
    });
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: await response.json(),
    };
  }
  return {
    sendGetRequestAsync: (url, options) => send('GET', url, options),
    sendPostRequestAsync: (url, options) => send('POST', url, options),
  };
}

async function msal() {
  const app = new PublicClientApplication({
    auth: {
      clientId: CLIENT_ID,
      authority: `${AUTHORITY}/contoso.example`,
      knownAuthorities: ['login.microsoftonline.com'],
    },
    system: { networkClient: networkClient() },
  });
  const messages = [];
  const scopes = ['User.Read'];
  const signedIn = await app.acquireTokenByDeviceCode({
    scopes,
    deviceCodeCallback: (shown) => messages.push(shown.message),
  });
  const [account] = await app.getTokenCache().getAllAccounts();
  const refreshed = await app.acquireTokenSilent({ scopes, account, forceRefresh: true });
  return {
    username: signedIn.account.username,
    account: account.homeAccountId,
    messages: messages.length,
    refreshed: refreshed.accessToken !== signedIn.accessToken,
  };
}

async function openidClient() {
  const config = await openid.discovery(
    new URL(process.env.ISSUER),
    CLIENT_ID,
    { id_token_signed_response_alg: 'HS256' },
    openid.None(),
    { execute: [openid.allowInsecureRequests] },
  );
  const shown = await openid.initiateDeviceAuthorization(config, {
    scope: 'openid profile offline_access User.Read',
  });
  const signedIn = await openid.pollDeviceAuthorizationGrant(config, shown);
  const refreshed = await openid.refreshTokenGrant(config, signedIn.refresh_token);
  return {
    username: signedIn.claims().preferred_username,
    refreshed: refreshed.access_token !== signedIn.access_token,
  };
}

async function graph() {
  const original = globalThis.fetch;
  globalThis.fetch = (url, options) => original(here(url), options);
  const client = Client.init({ authProvider: (done) => done(null, process.env.ACCESS_TOKEN) });
  const latest = await client.api("/me/drive/root/delta(token='latest')").get();
  await client.api('/me/drive/root:/June report.txt:/content').put('better');
  const all = await client.api('/me/drive/root/delta').get();
  const found = await client.api("/me/drive/items/root/search(q='report.txt')").get();
  await client.api('/me/sendMail').post({
    message: {
      subject: 'Hello',
      body: { contentType: 'Text', content: 'World' },
      toRecipients: [{ emailAddress: { address: 'adele@contoso.example' } }],
    },
    saveToSentItems: 'false',
  });
  const posted = await client
    .api(process.env.MESSAGES)
    .post({ importance: 'urgent', body: { content: 'Fire' } });
  return {
    username: (await client.api('/me').get()).userPrincipalName,
    latest: latest.value.length,
    all: all.value.map((item) => item.name),
    found: found.value.map((item) => item.name),
    importance: posted.importance,
  };
}

const result = await { msal, openid: openidClient, graph }[process.env.CLIENT]();
console.log(`result ${JSON.stringify(result)}`);

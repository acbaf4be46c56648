// A real authorization server on loopback for Latchkey's interop suite: oidc-provider with its own
// pages, its storage in memory, and a control port for what an administrator would do.
//
// Prints "issuer <uri> control <uri>" when it is ready. Lifetimes come by the environment, and so does STRICT.

import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { Provider } from 'oidc-provider';

const DEVICE_CODE = 'urn:ietf:params:oauth:grant-type:device_code';

const disabledAccounts = new Set();
const grants = new Set();
let requests = [];

function listen(server) {
  return new Promise((resolve, reject) => {
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${server.address().port}`));
  });
}

function seconds(name) {
  const value = Number(process.env[name]);
  if (!Number.isInteger(value) || value <= 0) {
    throw new Error(`${name} is not a number of seconds: ${process.env[name]}`);
  }
  return value;
}

// One API, whose scopes only its own tokens have, and authorization requests by PAR (RFC 9126) only.
const strictFeatures = {
  resourceIndicators: {
    enabled: true,
    defaultResource: () => 'https://api.example',
    useGrantedResource: () => true,
    getResourceServerInfo: () => ({
      scope: 'api:read',
      audience: 'https://api.example',
      accessTokenFormat: 'jwt',
      accessTokenTTL: seconds('ACCESS_TOKEN_SECONDS'),
      jwt: { sign: { alg: 'RS256' } },
    }),
  },
  pushedAuthorizationRequests: { enabled: true, requirePushedAuthorizationRequests: true },
};

const publicClient = {
  application_type: 'native',
  token_endpoint_auth_method: 'none',
  response_types: [],
  redirect_uris: [],
};

function configuration() {
  return {
    clients: [
      { ...publicClient, client_id: 'latchkey', grant_types: [DEVICE_CODE, 'refresh_token'] },
      {
        ...publicClient,
        client_id: 'latchkey-browser',
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        redirect_uris: ['http://127.0.0.1'],
      },
      { ...publicClient, client_id: 'latchkey-no-refresh', grant_types: [DEVICE_CODE] },
      { ...publicClient, client_id: 'latchkey-no-device', grant_types: ['refresh_token'] },
      {
        ...publicClient,
        client_id: 'latchkey-confidential',
        client_secret: 'known-to-this-suite-only',
        token_endpoint_auth_method: 'client_secret_basic',
        grant_types: [DEVICE_CODE, 'refresh_token'],
      },
    ],
    jwks: {
      keys: [generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' })],
    },
    cookies: { keys: [randomBytes(32).toString('hex')] },
    claims: { openid: ['sub'], profile: ['name', 'preferred_username'], email: ['email'] },
    scopes: ['openid', 'offline_access', 'profile', 'email'],
    features: {
      deviceFlow: { enabled: true },
      revocation: { enabled: true },
      ...(process.env.STRICT === 'true' ? strictFeatures : {}),
    },
    rotateRefreshToken: true,
    ttl: {
      AccessToken: seconds('ACCESS_TOKEN_SECONDS'),
      DeviceCode: seconds('DEVICE_CODE_SECONDS'),
      RefreshToken: seconds('REFRESH_TOKEN_SECONDS'),
      IdToken: 3600,
      Grant: 86400,
      Interaction: 3600,
      Session: 86400,
    },
    findAccount(ctx, sub) {
      if (disabledAccounts.has(sub)) {
        return undefined;
      }
      return {
        accountId: sub,
        claims: () => ({
          sub,
          name: sub,
          preferred_username: sub,
          email: `${sub}@example.com`,
        }),
      };
    },
  };
}

async function noteRequest(ctx, next) {
  const at = Math.round(performance.now());
  await next();
  if (ctx.oidc === undefined) {
    return;
  }
  requests.push({
    endpoint: ctx.oidc.route ?? '',
    grantType: ctx.oidc.params?.grant_type ?? '',
    status: ctx.status,
    error: ctx.body?.error ?? '',
    at,
  });
}

async function destroyGrants(provider) {
  const destroyed = [...grants];
  grants.clear();
  for (const id of destroyed) {
    await provider.AccessToken.revokeByGrantId(id);
    await provider.RefreshToken.revokeByGrantId(id);
    await provider.DeviceCode.revokeByGrantId(id);
    await provider.Grant.adapter.destroy(id);
  }
}

async function control(provider, method, path) {
  const [, noun, id] = path.split('/').map(decodeURIComponent);
  switch (`${method} ${noun}`) {
    case 'GET requests':
      return requests;
    case 'DELETE requests':
      requests = [];
      return {};
    case 'DELETE grants':
      await destroyGrants(provider);
      return {};
    case 'DELETE accounts':
      disabledAccounts.add(id);
      return {};
    case 'PUT accounts':
      disabledAccounts.delete(id);
      return {};
    default:
      throw new Error(`unknown control request: ${method} ${path}`);
  }
}

const server = createServer();
const issuer = await listen(server);
const provider = new Provider(issuer, configuration());
provider.use(noteRequest);
provider.on('grant.saved', (grant) => grants.add(grant.jti));
provider.on('server_error', (ctx, error) => console.error(error));
server.on('request', provider.callback());

const controlServer = createServer(async (request, response) => {
  try {
    const answer = await control(provider, request.method, request.url);
    response.end(JSON.stringify(answer));
  } catch (error) {
    response.statusCode = 500;
    response.end(error.stack);
  }
});
console.log(`issuer ${issuer} control ${await listen(controlServer)}`);

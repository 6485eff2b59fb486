// An OpenID provider on a free port of this machine: node server.mjs REDIRECT_URI [id-token]
// Whoever signs in as "SUBJECT~EMAIL~VERIFIED" is that subject with that address. With "id-token" the
// address stands in the ID token, otherwise only at the userinfo endpoint.
import http from "node:http";
import { generateKeyPairSync } from "node:crypto";
import Provider from "oidc-provider";

const [redirectUri, place] = process.argv.slice(2);
const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const server = http.createServer();

server.listen(0, "127.0.0.1", () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: "rondo",
        client_secret: "the secret that both sides know",
        redirect_uris: [redirectUri],
        response_types: ["code"],
        grant_types: ["authorization_code"],
      },
    ],
    claims: { openid: ["sub"], email: ["email", "email_verified"] },
    conformIdTokenClaims: place !== "id-token",
    cookies: { keys: ["only for tests"] },
    features: { devInteractions: { enabled: true } },
    jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), kid: "test", use: "sig" }] },
    pkce: { required: () => true },
    findAccount: (_, id) => {
      const [, email, verified] = id.split("~");
      return { accountId: id, claims: () => ({ sub: id, email, email_verified: verified === "true" }) };
    },
  });
  server.on("request", provider.callback());
  console.log(issuer);
});
// The test that started us is gone: so are we.
process.stdin.on("end", () => process.exit(0)).resume();

package dev.latchkey.fuzz;

import static dev.latchkey.fuzz.FuzzTarget.check;
import static dev.latchkey.fuzz.FuzzTarget.refusable;
import static dev.latchkey.fuzz.FuzzTarget.text;

import dev.latchkey.Account;
import dev.latchkey.ClaimsChallenge;
import dev.latchkey.HttpExchange.Kind;
import dev.latchkey.StepUpChallenge;
import dev.latchkey.error.InvalidResponse;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.fixture.Headers;
import dev.latchkey.fixture.Jwt;
import dev.latchkey.internal.browser.ReadRequestHead;
import dev.latchkey.internal.concurrent.Futures;
import dev.latchkey.internal.error.Context;
import dev.latchkey.internal.error.OAuthErrorMapper;
import dev.latchkey.internal.http.Challenges;
import dev.latchkey.internal.http.HttpDates;
import dev.latchkey.internal.http.SecureUri;
import dev.latchkey.internal.metadata.Discovery;
import dev.latchkey.internal.oauth.DeviceAuthorizationResponse;
import dev.latchkey.internal.oauth.Exchange;
import dev.latchkey.internal.oauth.Form;
import dev.latchkey.internal.oauth.IdToken;
import dev.latchkey.internal.oauth.Reply;
import dev.latchkey.internal.oauth.Scopes;
import dev.latchkey.internal.oauth.TokenResponse;
import dev.latchkey.internal.session.RecordCodec;
import dev.latchkey.internal.session.SessionRecord;
import dev.latchkey.internal.signin.ReadAuthorizationResponse;
import dev.latchkey.internal.text.SafeCause;
import dev.latchkey.internal.text.Text;
import dev.latchkey.internal.time.Time;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The parsers of what a server, a browser or a store says, each by the way that its bytes come. */
enum AuthorizationServerBytes implements FuzzTarget {
  TOKEN_RESPONSE(AuthorizationServerBytes::tokenResponse),
  ID_TOKEN(AuthorizationServerBytes::idToken),
  DEVICE_AUTHORIZATION(AuthorizationServerBytes::deviceAuthorization),
  METADATA(AuthorizationServerBytes::metadata),
  ERROR_RESPONSE(AuthorizationServerBytes::errorResponse),
  CHALLENGE(AuthorizationServerBytes::challenge),
  REDIRECT(AuthorizationServerBytes::redirect),
  HTTP_DATE(AuthorizationServerBytes::httpDate),
  RECORD(AuthorizationServerBytes::record),
  SHOWN_TEXT(AuthorizationServerBytes::shownText),
  REDACTION(AuthorizationServerBytes::redaction),
  SECURE_URI(AuthorizationServerBytes::secureUri);

  private static final URI ISSUER = URI.create("https://id.example.com");
  private static final URI ENDPOINT = ISSUER.resolve("/token");
  private static final String CLIENT_ID = "client";
  private static final String SECRET = "GmRhmhcxhwAzkoEqiMEg+DnyEysNkuNhszIySk9eS";
  private static final String STATE = "Xf8YqkTn2uVZ0pB7";
  private static final Account ACCOUNT =
      new Account("id", ISSUER.toString(), "subject", null, null, null, null);
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration MAX_WAIT = Duration.ofHours(24);

  @SuppressWarnings("ImmutableEnumChecker") // a reference to a static method
  private final Consumer<byte[]> parser;

  AuthorizationServerBytes(Consumer<byte[]> parser) {
    this.parser = parser;
  }

  @Override
  public void read(byte[] input) {
    parser.accept(input);
  }

  private static Exchange exchange(int status, byte[] body) {
    InProcessClient client = new InProcessClient(status, Map.of(), body);
    return new Exchange(client, Duration.ofMinutes(10), Time.system());
  }

  private static Reply reply(int status, byte[] body) {
    Form form = new Form().add("device_code", SECRET);
    return exchange(status, body).post(Kind.POLL, ENDPOINT, form, Map.of()).join();
  }

  private static void tokenResponse(byte[] body) {
    Reply reply = reply(200, body);
    refusable(
        InvalidResponse.class,
        () -> {
          TokenResponse response = TokenResponse.parse(reply);
          Scopes.audit(Set.of("User.Read"), response);
          String idToken = TokenResponse.idToken(reply);
          if (idToken != null) {
            IdToken.parse(idToken).verify(ISSUER.toString(), CLIENT_ID, NOW);
          }
        });
  }

  private static void idToken(byte[] claims) {
    for (String jwt : List.of(text(claims), Jwt.of(text(claims)))) {
      refusable(
          InvalidResponse.class,
          () -> IdToken.parse(jwt).verify(ISSUER.toString(), CLIENT_ID, NOW));
    }
  }

  private static void deviceAuthorization(byte[] body) {
    Reply reply = reply(200, body);
    refusable(
        InvalidResponse.class,
        () -> {
          var shown = DeviceAuthorizationResponse.parse(reply, ENDPOINT).shown();
          check(Text.isClean(shown.userCode()), "a code can be shown");
          check(SecureUri.allows(shown.verificationUri()), "a page can be opened");
        });
  }

  private static void metadata(byte[] body) {
    try {
      var metadata = Discovery.discover(exchange(200, body), ISSUER).join();
      check(SecureUri.allows(metadata.tokenEndpoint()), "tokens go to a secure endpoint");
    } catch (CompletionException e) {
      if (!(Futures.unwrap(e) instanceof LatchkeyException)) {
        throw e;
      }
    }
  }

  private static void errorResponse(byte[] body) {
    for (int status : new int[] {400, 401, 503}) {
      Reply reply = reply(status, body);
      for (Context.Request request : Context.Request.values()) {
        String message = OAuthErrorMapper.toException(reply, Context.of(request)).getMessage();
        check(message != null && Text.isClean(message), "a message can be shown");
      }
    }
  }

  private static void challenge(byte[] value) {
    HttpHeaders headers = Headers.wwwAuthenticate(text(value), "Bearer a=b");
    Challenges.read(headers.map()).forEach(challenge -> challenge.parameter("claims"));
    ClaimsChallenge.parse(headers);
    boolean clean =
        StepUpChallenge.parse(headers)
            .map(challenge -> Text.isClean(challenge.signInRequired(ACCOUNT).getMessage()))
            .orElse(true);
    check(clean, "a message can be shown");
  }

  /** Any page and any program of this machine can send one. */
  private static void redirect(byte[] head) {
    String query = ReadRequestHead.query(head);
    for (String each : List.of(text(head), query == null ? "" : query)) {
      LatchkeyException failure =
          ReadAuthorizationResponse.failure(
              "state=" + STATE + "&" + each, STATE, ISSUER.toString());
      check(failure == null || Text.isClean(failure.getMessage()), "a message can be shown");
      check(
          failure == null || !String.valueOf(failure.getMessage()).contains(STATE),
          "no state is shown");
      check(
          ReadAuthorizationResponse.failure(each, STATE + "x", ISSUER.toString()) == null,
          "nobody without the state ends a sign-in");
    }
  }

  private static void httpDate(byte[] value) {
    String text = text(value);
    HttpHeaders headers =
        HttpHeaders.of(Map.of("Date", List.of(text), "Retry-After", List.of(text)), (n, v) -> true);
    for (Instant now : List.of(NOW, Instant.EPOCH)) {
      Duration wait = HttpDates.retryAfter(headers, HttpDates.date(headers), now);
      Duration undated = HttpDates.retryAfter(headers, null, now);
      for (Duration each : Arrays.asList(wait, undated)) {
        boolean sane = each == null || !(each.isNegative() || each.compareTo(MAX_WAIT) > 0);
        check(sane, "a wait is 0 to 24 hours");
      }
    }
  }

  private static void record(byte[] content) {
    refusable(
        TokenStoreFailure.class,
        () -> {
          SessionRecord record = RecordCodec.read("key", text(content));
          SessionRecord again = RecordCodec.read("key", RecordCodec.write(record));
          check(again.equals(record), "what was read can be written and read again");
        });
  }

  private static void shownText(byte[] input) {
    String text = text(input);
    int maxLength = 1 + text.length() % 300;
    shown(Text.clean(text, maxLength), maxLength);
    shown(Text.cleanName(text, maxLength), maxLength);
    shown(Text.cleanWithoutSecrets(text, maxLength), maxLength);
    shown(Text.verbatim(text, maxLength), maxLength);
    shown(Text.cleanCode(text), text.length());
    SafeCause.describe(new IOException(text, new IOException(text)));
  }

  private static void shown(@Nullable String text, int maxLength) {
    boolean safe = text == null || (text.length() <= maxLength && Text.isClean(text));
    check(safe, "text is safe to show");
  }

  private static void redaction(byte[] input) {
    String text = text(input);
    int end = text.indexOf('\n');
    String secret = end < 0 ? SECRET : text.substring(0, end);
    String redacted = new Form().add("refresh_token", secret).redact(text);
    boolean ordinary = secret.length() < 8 || secret.matches(".*(\\[|]|redacted).*");
    check(ordinary || !redacted.contains(secret), "no secret is left");
  }

  private static void secureUri(byte[] input) {
    String text = text(input);
    URI read = SecureUri.read(text);
    check(read == null || SecureUri.allows(read), "a URI is https, or http on loopback");
    URI elsewhere = SecureUri.readFrom(ENDPOINT, text);
    check(elsewhere == null || isHttps(elsewhere), "no server elsewhere names http");
    URI followed = SecureUri.follow(ENDPOINT, text);
    check(
        followed == null || (isHttps(followed) && followed.getRawFragment() == null),
        "a link after https is https, without a fragment");
  }

  private static boolean isHttps(URI uri) {
    return uri.getScheme().equalsIgnoreCase("https") && SecureUri.allows(uri);
  }
}

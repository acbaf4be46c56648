package dev.latchkey.examples.cli.output;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.latchkey.AccessToken;
import dev.latchkey.Account;
import dev.latchkey.AccountStatus;
import dev.latchkey.BrowserSignIn;
import dev.latchkey.DeviceAuthorization;
import dev.latchkey.ScopeAudit;
import dev.latchkey.SignInResult;
import dev.latchkey.SignOutResult;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Locale;

/** The JSON lines of {@code --json}. An absent value is null, never left out. */
public final class JsonEvents {

  private JsonEvents() {}

  public static JsonObject event(String name) {
    JsonObject event = new JsonObject();
    event.addProperty("event", name);
    return event;
  }

  public static JsonObject deviceAuthorization(DeviceAuthorization shown) {
    JsonObject event = event("device_authorization");
    event.addProperty("user_code", shown.userCode());
    event.addProperty("verification_uri", shown.verificationUri().toString());
    event.addProperty(
        "verification_uri_complete",
        shown.verificationUriComplete() == null
            ? null
            : shown.verificationUriComplete().toString());
    event.addProperty("message", shown.message());
    event.addProperty("expires_in", shown.expiresIn().toSeconds());
    event.addProperty("interval", shown.interval().toSeconds());
    return event;
  }

  public static JsonObject authorizationRequest(BrowserSignIn signIn) {
    JsonObject event = event("authorization_request");
    event.addProperty("uri", signIn.uri().toString());
    event.addProperty("redirect_uri", signIn.redirectUri().toString());
    event.addProperty("expires_in", signIn.expiresIn().toSeconds());
    return event;
  }

  public static JsonObject signedIn(SignInResult signedIn) {
    JsonObject event = event("signed_in");
    event.add("account", account(signedIn.account()));
    event.add("scopes", array(signedIn.token().scopes().granted()));
    event.addProperty("expires_at", instant(signedIn.token().expiresAt()));
    event.addProperty("can_refresh", signedIn.canRefresh());
    event.addProperty("tenant_switched_from", signedIn.tenantSwitchedFrom());
    return event;
  }

  public static JsonObject account(AccountStatus status) {
    JsonObject event = event("account");
    event.add("account", account(status.account()));
    event.addProperty("state", state(status));
    return event;
  }

  public static JsonObject defaultAccount(Account account) {
    JsonObject event = event("default_account");
    event.add("account", account(account));
    return event;
  }

  public static JsonObject token(AccessToken token) {
    JsonObject event = event("token");
    event.addProperty("access_token", token.value());
    event.addProperty("token_type", token.type());
    event.add("scopes", array(token.scopes().granted()));
    event.addProperty("expires_at", instant(token.expiresAt()));
    event.addProperty("source", lower(token.source()));
    return event;
  }

  public static JsonObject signedOut(SignOutResult signedOut) {
    JsonObject event = event("signed_out");
    event.add("account", account(signedOut.account()));
    event.addProperty("revoked", signedOut.revoked());
    return event;
  }

  public static JsonObject account(Account account) {
    JsonObject json = new JsonObject();
    json.addProperty("id", account.id());
    json.addProperty("username", account.username());
    json.addProperty("tenant_id", account.tenantId());
    json.addProperty("issuer", account.issuer());
    json.addProperty("name", account.name());
    return json;
  }

  public static JsonObject scopes(ScopeAudit audit) {
    JsonObject json = new JsonObject();
    json.add("requested", array(audit.requested()));
    json.add("granted", array(audit.granted()));
    json.add("missing", array(audit.missing()));
    json.add("extra", array(audit.extra()));
    return json;
  }

  public static String state(AccountStatus status) {
    return status.signInRequired() == null ? "ready" : "sign_in_required";
  }

  /** ISO 8601 in UTC, to the second. */
  public static String instant(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  public static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  public static JsonArray array(Collection<String> texts) {
    JsonArray array = new JsonArray();
    texts.forEach(array::add);
    return array;
  }
}

package dev.latchkey.internal.session;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.latchkey.Account;
import dev.latchkey.ScopeAudit;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.internal.json.Json;
import dev.latchkey.internal.json.MalformedJson;
import dev.latchkey.internal.session.SessionRecord.StoredToken;
import dev.latchkey.internal.text.Text;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Session records as JSON text, version 1. The members {@code server} and {@code client_id} say
 * whose record it is, in every version, so that no client has to judge a record of another.
 */
public final class RecordCodec {

  private static final int VERSION = 1;

  /** What is shown was cleaned before it was stored; not so, perhaps, by an earlier version. */
  private static final int MAX_TEXT_LENGTH = 2_000;

  private static final String SERVER = "server";
  private static final String CLIENT_ID = "client_id";

  private RecordCodec() {}

  public static String write(SessionRecord record) {
    JsonObject json = new JsonObject();
    json.addProperty("v", VERSION);
    json.addProperty(SERVER, record.serverId());
    json.addProperty(CLIENT_ID, record.clientId());
    json.add("account", write(record.account()));
    json.add("sign_in_scopes", array(record.signInScopes()));
    json.add("missing_scopes", array(record.missingScopes()));
    json.addProperty("signed_in_at", record.signedInAt());
    add(json, "refresh_token", record.refreshToken());
    SignInRequired.Reason ended = record.ended();
    add(json, "ended", ended == null ? null : ended.name());
    json.addProperty("doubtful", record.possiblySpent() ? 1 : 0);
    json.addProperty("skew", record.skewMillis());
    JsonObject tokens = new JsonObject();
    record.tokens().forEach((key, token) -> tokens.add(key, write(token)));
    json.add("tokens", tokens);
    return json.toString();
  }

  /**
   * Whether a record says that it belongs to another client or server. A damaged one, which says
   * nothing, may belong to anybody.
   */
  static boolean isAnothers(String content, String serverId, String clientId) {
    try {
      return isAnothers(Json.object(content), serverId, clientId);
    } catch (MalformedJson e) {
      return false;
    }
  }

  private static boolean isAnothers(JsonObject json, String serverId, String clientId) {
    try {
      return !serverId.equals(Json.requiredString(json, SERVER))
          || !clientId.equals(Json.requiredString(json, CLIENT_ID));
    } catch (MalformedJson e) {
      return false;
    }
  }

  /**
   * Reads a record of this client.
   *
   * @return null if it says that it belongs to another client or server, whatever its version
   * @throws TokenStoreFailure as {@link #read(String, String)}
   */
  static @Nullable SessionRecord readOurs(
      String key, String content, String serverId, String clientId) {
    JsonObject json = parse(key, content);
    return isAnothers(json, serverId, clientId) ? null : read(key, json);
  }

  /**
   * Reads a record.
   *
   * @throws TokenStoreFailure with {@code NEWER} or {@code DAMAGED}; the record stays as it is
   */
  public static SessionRecord read(String key, String content) {
    return read(key, parse(key, content));
  }

  private static JsonObject parse(String key, String content) {
    try {
      return Json.object(content);
    } catch (MalformedJson e) {
      throw damaged(key);
    }
  }

  private static SessionRecord read(String key, JsonObject json) {
    try {
      long version = Json.requiredWhole(json, "v");
      if (version > VERSION) {
        throw new TokenStoreFailure(
            TokenStoreFailure.Problem.NEWER,
            "The record " + key + " was written by a newer version of Latchkey",
            "Update this program.",
            null);
      }
      if (version < 1) {
        throw new MalformedJson("\"v\" is not a version");
      }
      return new SessionRecord(
          Json.requiredString(json, SERVER),
          Json.requiredString(json, CLIENT_ID),
          account(object(json, "account"), key),
          set(json, "sign_in_scopes"),
          set(json, "missing_scopes"),
          Json.requiredWhole(json, "signed_in_at"),
          Json.string(json, "refresh_token"),
          reason(Json.string(json, "ended")),
          Json.requiredWhole(json, "doubtful") != 0,
          Json.requiredWhole(json, "skew"),
          tokens(object(json, "tokens")));
    } catch (MalformedJson e) {
      throw damaged(key);
    }
  }

  /** Has no cause: its message could quote the record. */
  private static TokenStoreFailure damaged(String key) {
    return new TokenStoreFailure(
        TokenStoreFailure.Problem.DAMAGED,
        "The record " + key + " is damaged",
        "Sign out or delete the record, then sign in again.",
        null);
  }

  private static JsonObject write(Account account) {
    JsonObject json = new JsonObject();
    json.addProperty("id", account.id());
    json.addProperty("issuer", account.issuer());
    add(json, "sub", account.subject());
    add(json, "oid", account.objectId());
    add(json, "tid", account.tenantId());
    add(json, "username", account.username());
    add(json, "name", account.name());
    return json;
  }

  private static Account account(JsonObject json, String key) {
    if (!key.equals(Json.string(json, "id"))) {
      // A write would put the record under another key.
      throw new MalformedJson("\"id\" is not the key");
    }
    return new Account(
        key,
        Json.requiredString(json, "issuer"),
        Json.string(json, "sub"),
        Text.verbatim(Json.string(json, "oid"), MAX_TEXT_LENGTH),
        Text.verbatim(Json.string(json, "tid"), MAX_TEXT_LENGTH),
        Text.cleanName(Json.string(json, "username"), MAX_TEXT_LENGTH),
        Text.cleanName(Json.string(json, "name"), MAX_TEXT_LENGTH));
  }

  private static JsonObject write(StoredToken token) {
    JsonObject json = new JsonObject();
    json.addProperty("value", token.value());
    json.addProperty("type", token.type());
    json.addProperty("issued_at", token.issuedAt());
    json.addProperty("due_at", token.dueAt());
    json.addProperty("ends_at", token.endsAt());
    json.add("requested", array(token.scopes().requested()));
    json.add("granted", array(token.scopes().granted()));
    json.add("missing", array(token.scopes().missing()));
    json.add("extra", array(token.scopes().extra()));
    return json;
  }

  private static Map<String, StoredToken> tokens(JsonObject json) {
    Map<String, StoredToken> tokens = new LinkedHashMap<>();
    for (String key : json.keySet()) {
      JsonObject token = object(json, key);
      ScopeAudit scopes =
          new ScopeAudit(
              set(token, "requested"),
              set(token, "granted"),
              set(token, "missing"),
              set(token, "extra"));
      tokens.put(
          key,
          new StoredToken(
              Json.requiredString(token, "value"),
              Json.requiredString(token, "type"),
              Json.requiredWhole(token, "issued_at"),
              Json.requiredWhole(token, "due_at"),
              Json.requiredWhole(token, "ends_at"),
              scopes));
    }
    return Collections.unmodifiableMap(tokens);
  }

  /** A reason that this version does not know means, too, that the session is over. */
  private static SignInRequired.@Nullable Reason reason(@Nullable String name) {
    if (name == null) {
      return null;
    }
    return Stream.of(SignInRequired.Reason.values())
        .filter(reason -> reason.name().equals(name))
        .findFirst()
        .orElse(SignInRequired.Reason.GRANT_REJECTED);
  }

  private static JsonObject object(JsonObject json, String name) {
    if (json.get(name) instanceof JsonObject object) {
      return object;
    }
    throw new MalformedJson("\"" + name + "\" is not an object");
  }

  /** A member is missing or has the wrong type. Never leaves this class. */
  private static JsonArray array(Collection<String> values) {
    JsonArray array = new JsonArray();
    values.forEach(array::add);
    return array;
  }

  private static Set<String> set(JsonObject json, String name) {
    Set<String> scopes = new LinkedHashSet<>();
    Json.strings(json, name).forEach(scope -> scopes.add(Text.cleanCode(scope)));
    return Collections.unmodifiableSet(scopes);
  }

  private static void add(JsonObject json, String name, @Nullable String value) {
    if (value != null) {
      json.addProperty(name, value);
    }
  }
}

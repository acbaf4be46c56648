package dev.latchkey.internal.metadata;

import dev.latchkey.internal.oauth.Exchange;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The endpoints of one authorization server, whichever way they are found. Thread-safe. */
public interface ServerEndpoints {

  /** Identifies the server in stored records: a client sees only records of its own server. */
  String id();

  /** The metadata; fetched once at a time, and kept once it is found. */
  CompletableFuture<Metadata> metadata(Exchange exchange);

  /** Whether the server is Entra ID, whose rules the methods below know. */
  default boolean isEntra() {
    return false;
  }

  /**
   * The endpoint, as the metadata has it, for a sign-in whose texts are to be in this language.
   * Entra takes it from the query parameter {@code mkt}.
   */
  default URI deviceAuthorizationEndpoint(URI endpoint, @Nullable Locale locale) {
    if (locale == null || !isEntra()) {
      return endpoint;
    }
    String language = URLEncoder.encode(locale.toLanguageTag(), StandardCharsets.UTF_8);
    return URI.create(endpoint + (endpoint.getRawQuery() == null ? "?" : "&") + "mkt=" + language);
  }

  /**
   * The parameter of an authorization request that names the language (OpenID Connect §3.1.2.1).
   */
  default String languageParameter() {
    return isEntra() ? "mkt" : "ui_locales";
  }

  /**
   * What an authorization request that wants a refresh token says in {@code prompt}, or null.
   * OpenID Connect Core §11: the server "MUST ignore the offline_access request" without consent.
   * Entra remembers the consent, and would ask those again who may not give it themselves.
   */
  default @Nullable String promptForOfflineAccess() {
    return isEntra() ? null : "consent";
  }

  /**
   * The host of loopback redirect URIs. RFC 8252 §8.3: "the use of localhost is NOT RECOMMENDED".
   * But Entra ignores the port of {@code http://localhost} only, and compares any other exactly.
   */
  default String loopbackHost() {
    return isEntra() ? "localhost" : "127.0.0.1";
  }

  /**
   * Those scopes that one sign-in may request together with the wanted ones. Entra refuses a
   * request for the scopes of two APIs, and remembers what was granted before.
   *
   * @param all with the wanted ones; their order is kept
   */
  default Set<String> together(Set<String> wanted, Set<String> all) {
    return isEntra() ? EntraScopes.ofSameApi(wanted, all) : all;
  }
}

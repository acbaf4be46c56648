package dev.latchkey.graph.http;

import com.google.gson.JsonObject;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request as the endpoints describe it. Immutable.
 *
 * @param action what it does, to follow "Could not" in a message
 * @param method the HTTP method
 * @param uri where it goes; a token goes with it to the Graph host only
 * @param headers beside those that every request has
 * @param body what it carries, or null
 * @param repeatable whether sending it twice does no more than sending it once
 * @param redirects whether a redirect is an answer rather than a failure
 * @param bare whether the URI is its own proof and a secret: no token goes with it, and no more
 *     than its host is shown
 * @param scopes the scopes of which any one is enough, the least first; empty if not known
 */
public record Call(
    String action,
    String method,
    URI uri,
    Map<String, String> headers,
    @Nullable Content body,
    boolean repeatable,
    boolean redirects,
    boolean bare,
    List<String> scopes) {

  /** A call that reads. */
  public static Call get(String action, URI uri) {
    return of(action, "GET", uri).repeatable(true);
  }

  /** A call that deletes; a second time it finds nothing. */
  public static Call delete(String action, URI uri) {
    return of(action, "DELETE", uri).repeatable(true);
  }

  /** A call that must not be sent again once it may have been carried out. */
  public static Call post(String action, URI uri) {
    return of(action, "POST", uri);
  }

  /** A call that must not be sent again once it may have been carried out. */
  public static Call patch(String action, URI uri) {
    return of(action, "PATCH", uri);
  }

  /** A call that puts content where it belongs; repeatable only if said so. */
  public static Call put(String action, URI uri) {
    return of(action, "PUT", uri);
  }

  private static Call of(String action, String method, URI uri) {
    return new Call(action, method, uri, Map.of(), null, false, false, false, List.of());
  }

  /** The same with a header; a header of that name is replaced. */
  public Call header(String name, @Nullable String value) {
    if (value == null) {
      return this;
    }
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Call(
        action, method, uri, Map.copyOf(more), body, repeatable, redirects, bare, scopes);
  }

  /** The same with a JSON body. */
  public Call json(JsonObject json) {
    return content(Content.json(json));
  }

  /** The same with a body. */
  public Call content(Content content) {
    return new Call(action, method, uri, headers, content, repeatable, redirects, bare, scopes);
  }

  /** The same, said to be harmless to send twice or not. */
  public Call repeatable(boolean harmless) {
    return new Call(action, method, uri, headers, body, harmless, redirects, bare, scopes);
  }

  /** The same, with a redirect as an answer. */
  public Call redirects(boolean answers) {
    return new Call(action, method, uri, headers, body, repeatable, answers, bare, scopes);
  }

  /** The same, with a URI that is its own proof and a secret. */
  public Call withoutToken() {
    return new Call(action, method, uri, headers, body, repeatable, redirects, true, scopes);
  }

  /** The same, with the scopes of which one is needed, the least first. */
  public Call scopes(String... anyOf) {
    return new Call(
        action, method, uri, headers, body, repeatable, redirects, bare, List.of(anyOf));
  }

  /** The same elsewhere. */
  public Call to(URI other) {
    return new Call(action, method, other, headers, body, repeatable, redirects, bare, scopes);
  }

  /** Where it goes, as far as that may be shown. */
  String target() {
    return bare ? uri.getScheme() + "://" + uri.getRawAuthority() : uri.getRawPath();
  }

  /** Leaves out headers, body and query. */
  @Override
  public String toString() {
    return method + " " + target();
  }
}

package dev.latchkey.graph.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One request as the endpoints describe it. Immutable; each method returns a changed copy. */
public final class Call {

  private final String action;
  private final String method;
  private URI uri;
  private Map<String, String> headers = Map.of();
  private String type = "";
  private long length;
  private @Nullable Supplier<InputStream> body;
  private boolean repeatable;
  private boolean redirects;
  private boolean bare;
  private List<String> scopes = List.of();

  private Call(String action, String method, URI uri) {
    this.action = action;
    this.method = method;
    this.uri = uri;
  }

  private Call copy() {
    Call copy = new Call(action, method, uri);
    copy.headers = headers;
    copy.type = type;
    copy.length = length;
    copy.body = body;
    copy.repeatable = repeatable;
    copy.redirects = redirects;
    copy.bare = bare;
    copy.scopes = scopes;
    return copy;
  }

  /** A call that reads. */
  public static Call get(String action, URI uri) {
    return new Call(action, "GET", uri).repeatable(true);
  }

  /** A call that deletes; a second time it finds nothing. */
  public static Call delete(String action, URI uri) {
    return new Call(action, "DELETE", uri).repeatable(true);
  }

  /** A call that must not be sent again once it may have been carried out. */
  public static Call post(String action, URI uri) {
    return new Call(action, "POST", uri);
  }

  /** A call that must not be sent again once it may have been carried out. */
  public static Call patch(String action, URI uri) {
    return new Call(action, "PATCH", uri);
  }

  /** A call that puts content where it belongs; repeatable only if said so. */
  public static Call put(String action, URI uri) {
    return new Call(action, "PUT", uri);
  }

  /** The same with a header; a header of that name is replaced. */
  public Call header(String name, @Nullable String value) {
    if (value == null) {
      return this;
    }
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    Call copy = copy();
    copy.headers = Map.copyOf(more);
    return copy;
  }

  /** The same with a JSON body. */
  public Call json(JsonObject json) {
    byte[] bytes = json.toString().getBytes(UTF_8);
    return content("application/json", bytes.length, () -> new ByteArrayInputStream(bytes));
  }

  /**
   * The same with a body.
   *
   * @param mediaType what it is
   * @param bytes how many bytes it has, exactly
   * @param source opens the bytes, anew for each attempt; who opened them closes them
   */
  public Call content(String mediaType, long bytes, Supplier<InputStream> source) {
    Call copy = copy();
    copy.type = mediaType;
    copy.length = bytes;
    copy.body = source;
    return copy;
  }

  /** The same, said to be harmless to send twice or not. */
  public Call repeatable(boolean harmless) {
    Call copy = copy();
    copy.repeatable = harmless;
    return copy;
  }

  /** The same, with a redirect as an answer. */
  public Call redirects(boolean answers) {
    Call copy = copy();
    copy.redirects = answers;
    return copy;
  }

  /** The same, with a URI that is its own proof and a secret. */
  public Call withoutToken() {
    Call copy = copy();
    copy.bare = true;
    return copy;
  }

  /** The same, with the scopes of which one is needed, the least first. */
  public Call scopes(String... anyOf) {
    Call copy = copy();
    copy.scopes = List.of(anyOf);
    return copy;
  }

  /** The same elsewhere. */
  public Call to(URI other) {
    Call copy = copy();
    copy.uri = other;
    return copy;
  }

  /** A message about what went wrong: "Could not read a mail: …". */
  public String failed(String why) {
    return failed(action, why);
  }

  /** The same of a whole operation. */
  public static String failed(String action, String why) {
    return "Could not " + action + ": " + why;
  }

  /** What it does, to follow "Could not" in a message. */
  public String action() {
    return action;
  }

  String method() {
    return method;
  }

  /** Where it goes; a token goes with it to the Graph host only. */
  public URI uri() {
    return uri;
  }

  /** Those beside what every request has. */
  Map<String, String> headers() {
    return headers;
  }

  /** What the body is; empty if there is none. */
  String type() {
    return type;
  }

  /** How many bytes the body has. */
  long length() {
    return length;
  }

  /** Opens the body; null if there is none. */
  @Nullable Supplier<InputStream> body() {
    return body;
  }

  /** Whether sending it twice does no more than sending it once. */
  boolean repeatable() {
    return repeatable;
  }

  /** Whether a redirect is an answer rather than a failure. */
  boolean redirects() {
    return redirects;
  }

  /**
   * Whether the URI is its own proof and a secret: no token goes with it, and no more than its host
   * is shown.
   */
  boolean bare() {
    return bare;
  }

  /** The scopes of which any one is enough, the least first; empty if not known. */
  List<String> scopes() {
    return scopes;
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

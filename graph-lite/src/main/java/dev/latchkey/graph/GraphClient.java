package dev.latchkey.graph;

import com.google.gson.JsonObject;
import dev.latchkey.TokenSource;
import dev.latchkey.graph.internal.http.GraphCall;
import dev.latchkey.graph.internal.http.GraphConfig;
import dev.latchkey.graph.internal.http.GraphHttp;
import dev.latchkey.graph.internal.http.GraphPath;
import dev.latchkey.graph.internal.http.GraphResponse;
import dev.latchkey.graph.internal.http.PageIterator;
import dev.latchkey.internal.http.SecureUri;
import java.net.URI;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A few endpoints of Microsoft Graph v1.0 for one account. Thread-safe: create one and share it. It
 * need not be closed, and it does not keep a program running.
 *
 * <pre>{@code
 * GraphClient graph = GraphClient.builder(client.tokens(account)).build();
 * Drive drive = graph.drives().mine();
 * for (DriveItem item : drive.children(ItemRef.path("Reports"))) {
 *   show(item.name(), item.size());
 * }
 * }</pre>
 *
 * <p>Every request asks the token source for a token, so a long listing outlives a token. All calls
 * block. An interrupt ends them with a {@link java.util.concurrent.CancellationException}, and the
 * thread's interrupt flag is set: a request that writes may or may not have been carried out then.
 * They throw:
 *
 * <ul>
 *   <li>{@link dev.latchkey.graph.error.GraphException}, by type, if Graph refuses or does not
 *       respond. Requests that only read, or that are harmless to repeat, are sent again on HTTP
 *       408, 429, 500, 502, 503, 504 and broken connections, at the pace that Graph asks for,
 *       within the deadline. The others are sent again only if Graph certainly did not carry them
 *       out, and otherwise end in {@link dev.latchkey.graph.error.OutcomeUnknown}.
 *   <li>{@link dev.latchkey.error.SignInRequired} if the session has ended, or Graph demands claims
 *       (a second factor, for example) that a refresh does not satisfy: pass it to {@code
 *       beginSignIn}. Graph sends a claims challenge only if the {@code PublicClient} declared the
 *       client capability {@code cp1}; otherwise it refuses the token.
 *   <li>{@link dev.latchkey.error.LatchkeyException} of another type if no token is available now.
 * </ul>
 */
public final class GraphClient {

  private final GraphHttp http;

  GraphClient(GraphConfig config) {
    http = new GraphHttp(config);
  }

  /**
   * Returns a builder of a client.
   *
   * @param tokens supplies access tokens for scopes of Graph
   * @return a builder for the global cloud
   */
  public static GraphClientBuilder builder(TokenSource tokens) {
    return new GraphClientBuilder(tokens);
  }

  /**
   * Reads the signed-in user. One request; needs {@code User.Read}.
   *
   * @return the user
   */
  public User me() {
    GraphCall call =
        GraphCall.get("read the signed-in user", http.uri(GraphPath.of("me"))).scopes("User.Read");
    return http.send(call).read(User::fromJson);
  }

  /**
   * Sends many requests in a few batches.
   *
   * @return the endpoint; sends nothing
   */
  public Batch batch() {
    return new Batch(http);
  }

  /**
   * The mailbox, with an outbox that sends a message once.
   *
   * @return the endpoints; sends nothing
   */
  public Mailbox mail() {
    return new Mailbox(http);
  }

  /**
   * Planner tasks.
   *
   * @return the endpoints; sends nothing
   */
  public Planner planner() {
    return new Planner(http);
  }

  /**
   * Microsoft Teams: teams, channels, messages.
   *
   * @return the endpoints; sends nothing
   */
  public Teams teams() {
    return new Teams(http);
  }

  /**
   * The files of OneDrive, SharePoint and Teams.
   *
   * @return the endpoints; sends nothing
   */
  public Drives drives() {
    return new Drives(http);
  }

  /**
   * Reads any resource. One request, repeated where that helps.
   *
   * @param path the path beneath the base URL with its query, encoded, such as {@code
   *     /me/events?$top=5}; or a full link that Graph returned
   * @return the body; empty if there was none
   * @throws IllegalArgumentException if the path is not a URI, or leads to another host
   */
  public JsonObject get(String path) {
    return get(path, Map.of());
  }

  /**
   * Reads any resource, with headers such as {@code ConsistencyLevel}.
   *
   * @param path as for {@link #get(String)}
   * @param headers headers in addition to those of every request
   * @return the body; empty if there was none
   * @throws IllegalArgumentException if the path is not a URI, or leads to another host
   */
  public JsonObject get(String path, Map<String, String> headers) {
    return send(GraphCall.get("read " + shown(path), raw(path)), null, headers);
  }

  /**
   * Lists any collection that has {@code value} and {@code @odata.nextLink}.
   *
   * @param path as for {@link #get(String)}
   * @return the elements, fetched while they are walked
   * @throws IllegalArgumentException if the path is not a URI, or leads to another host
   */
  public Listing<JsonObject> list(String path) {
    GraphCall first = GraphCall.get("list " + shown(path), raw(path));
    return () -> new PageIterator<>(http, first, Function.identity());
  }

  /**
   * Posts to any resource. Sent again only if Graph certainly did not carry it out.
   *
   * @param path as for {@link #get(String)}
   * @param body what to send; null for no body
   * @param headers headers in addition to those of every request
   * @return the body; empty if there was none
   * @throws IllegalArgumentException if the path is not a URI, or leads to another host
   */
  public JsonObject post(String path, @Nullable JsonObject body, Map<String, String> headers) {
    return send(GraphCall.post("post to " + shown(path), raw(path)), body, headers);
  }

  /**
   * Changes any resource. Sent again only if Graph certainly did not carry it out.
   *
   * @param path as for {@link #get(String)}
   * @param body the members to change
   * @param headers headers in addition to those of every request, such as {@code If-Match}
   * @return the body; empty if there was none
   * @throws IllegalArgumentException if the path is not a URI, or leads to another host
   */
  public JsonObject patch(String path, JsonObject body, Map<String, String> headers) {
    return send(GraphCall.patch("change " + shown(path), raw(path)), body, headers);
  }

  /**
   * Deletes any resource. One request, repeated where that helps: one that finds nothing after a
   * lost response counts as done.
   *
   * @param path as for {@link #get(String)}
   * @param headers headers in addition to those of every request, such as {@code If-Match}
   * @throws IllegalArgumentException if the path is not a URI, or leads to another host
   */
  public void delete(String path, Map<String, String> headers) {
    send(GraphCall.delete("delete " + shown(path), raw(path)), null, headers);
  }

  private JsonObject send(GraphCall call, @Nullable JsonObject body, Map<String, String> headers) {
    GraphCall ready = body == null ? call : call.json(body);
    for (Map.Entry<String, String> header : headers.entrySet()) {
      ready = ready.header(header.getKey(), header.getValue());
    }
    GraphResponse response = http.send(ready);
    return response.json() == null ? new JsonObject() : response.json();
  }

  private URI raw(String path) {
    boolean beneath = path.startsWith("/") && !path.startsWith("//");
    URI uri;
    if (beneath) {
      // The caller's own path must be valid: a name with a "?" in it would go unnoticed.
      uri = SecureUri.read(http.config().baseUrl() + path);
    } else {
      uri = path.contains("://") ? http.link(path) : null;
    }
    if (uri == null) {
      throw new IllegalArgumentException("not a path of Graph: " + shown(path));
    }
    return uri;
  }

  private static String shown(String path) {
    int query = path.indexOf('?');
    return query < 0 ? path : path.substring(0, query);
  }
}

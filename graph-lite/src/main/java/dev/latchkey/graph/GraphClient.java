package dev.latchkey.graph;

import com.google.gson.JsonObject;
import dev.latchkey.TokenSource;
import dev.latchkey.graph.batch.Batch;
import dev.latchkey.graph.drive.Drives;
import dev.latchkey.graph.http.Answer;
import dev.latchkey.graph.http.Call;
import dev.latchkey.graph.http.GraphHttp;
import dev.latchkey.graph.http.Pages;
import dev.latchkey.graph.http.Route;
import dev.latchkey.graph.http.Settings;
import dev.latchkey.graph.mail.Mailbox;
import dev.latchkey.graph.planner.Planner;
import dev.latchkey.graph.teams.Teams;
import java.net.URI;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A few endpoints of Microsoft Graph v1.0 for one account. Thread-safe: share one, keep it. It
 * needs no closing and keeps no program alive.
 *
 * <pre>{@code
 * GraphClient graph = GraphClient.builder(client.tokens(account)).build();
 * Drive drive = graph.drives().mine();
 * for (DriveItem item : drive.children(ItemRef.path("Reports"))) {
 *   show(item.name(), item.size());
 * }
 * }</pre>
 *
 * <p>Every call asks the token source for a token, so that a long listing outlives one. All calls
 * block; an interrupt ends them with a {@link java.util.concurrent.CancellationException}, the
 * thread's flag set: a request that writes may then have been carried out or not. They throw:
 *
 * <ul>
 *   <li>{@link dev.latchkey.graph.error.GraphException}, by type, if Graph refuses or does not
 *       answer. Requests that only read, or that are harmless to repeat, are sent again on HTTP
 *       429, 500, 502, 503, 504 and broken connections, at the pace that Graph asks for, within the
 *       deadline. The others are sent again only if Graph certainly did not carry them out, and
 *       else end in {@link dev.latchkey.graph.error.OutcomeUnknown}.
 *   <li>{@link dev.latchkey.error.SignInRequired} if the session has ended, or Graph wants claims
 *       (a second factor, for example) that a refresh does not bring: begin a sign-in with it.
 *       Graph asks for claims only if the {@code PublicClient} declared {@code cp1} among its
 *       client capabilities, and else refuses the token.
 *   <li>{@link dev.latchkey.error.LatchkeyException} of the other types if no token can be had now.
 * </ul>
 */
public final class GraphClient {

  private final GraphHttp http;

  GraphClient(Settings settings) {
    http = new GraphHttp(settings);
  }

  /**
   * Begins to set up a client.
   *
   * @param tokens where the access tokens come from, of scopes of Graph
   * @return a builder for the global cloud
   */
  public static GraphClientBuilder builder(TokenSource tokens) {
    return new GraphClientBuilder(tokens);
  }

  /**
   * Who is signed in. One request; needs {@code User.Read}.
   *
   * @return the person
   */
  public User me() {
    Call call = Call.get("read who is signed in", http.uri(Route.of("me"))).scopes("User.Read");
    return User.of(http.send(call));
  }

  /**
   * Many requests in few.
   *
   * @return the endpoint, free of cost
   */
  public Batch batch() {
    return new Batch(http);
  }

  /**
   * The mailbox, and mail that is sent once.
   *
   * @return the endpoints, free of cost
   */
  public Mailbox mail() {
    return new Mailbox(http);
  }

  /**
   * Planner's tasks.
   *
   * @return the endpoints, free of cost
   */
  public Planner planner() {
    return new Planner(http);
  }

  /**
   * Microsoft Teams: teams, channels, posts.
   *
   * @return the endpoints, free of cost
   */
  public Teams teams() {
    return new Teams(http);
  }

  /**
   * The files of OneDrive, SharePoint and Teams.
   *
   * @return the endpoints, free of cost
   */
  public Drives drives() {
    return new Drives(http);
  }

  /**
   * Reads anything. One request, repeated where that helps.
   *
   * @param path beneath the base URL with its query, such as {@code /me/events?$top=5}; encoded, or
   *     a full link that Graph handed out
   * @return the body; empty if there was none
   * @throws IllegalArgumentException if the path is no URI, or leads to another host
   */
  public JsonObject get(String path) {
    return get(path, Map.of());
  }

  /**
   * Reads anything, with headers such as {@code ConsistencyLevel}.
   *
   * @param path as for {@link #get(String)}
   * @param headers beside those of every request
   * @return the body; empty if there was none
   * @throws IllegalArgumentException if the path is no URI, or leads to another host
   */
  public JsonObject get(String path, Map<String, String> headers) {
    return send(Call.get("read " + shown(path), raw(path)), null, headers);
  }

  /**
   * Walks any listing that has {@code value} and {@code @odata.nextLink}.
   *
   * @param path as for {@link #get(String)}
   * @return the elements, fetched while they are walked
   * @throws IllegalArgumentException if the path is no URI, or leads to another host
   */
  public Listing<JsonObject> list(String path) {
    return new Pages<>(http, Call.get("list " + shown(path), raw(path)), Function.identity());
  }

  /**
   * Posts anything. Sent again only if Graph certainly did not carry it out.
   *
   * @param path as for {@link #get(String)}
   * @param body what to send; null for none
   * @param headers beside those of every request
   * @return the body; empty if there was none
   * @throws IllegalArgumentException if the path is no URI, or leads to another host
   */
  public JsonObject post(String path, @Nullable JsonObject body, Map<String, String> headers) {
    return send(Call.post("post to " + shown(path), raw(path)), body, headers);
  }

  /**
   * Changes anything. Sent again only if Graph certainly did not carry it out.
   *
   * @param path as for {@link #get(String)}
   * @param body the members to change
   * @param headers beside those of every request, such as {@code If-Match}
   * @return the body; empty if there was none
   * @throws IllegalArgumentException if the path is no URI, or leads to another host
   */
  public JsonObject patch(String path, JsonObject body, Map<String, String> headers) {
    return send(Call.patch("change " + shown(path), raw(path)), body, headers);
  }

  /**
   * Deletes anything. One request, repeated where that helps: a repeated one that finds nothing
   * after a lost answer counts as done.
   *
   * @param path as for {@link #get(String)}
   * @param headers beside those of every request, such as {@code If-Match}
   * @throws IllegalArgumentException if the path is no URI, or leads to another host
   */
  public void delete(String path, Map<String, String> headers) {
    send(Call.delete("delete " + shown(path), raw(path)), null, headers);
  }

  private JsonObject send(Call call, @Nullable JsonObject body, Map<String, String> headers) {
    Call ready = body == null ? call : call.json(body);
    for (Map.Entry<String, String> header : headers.entrySet()) {
      ready = ready.header(header.getKey(), header.getValue());
    }
    Answer answer = http.send(ready);
    return answer.json() == null ? new JsonObject() : answer.json();
  }

  private URI raw(String path) {
    boolean beneath = path.startsWith("/") && !path.startsWith("//");
    URI uri =
        beneath || path.contains("://")
            ? http.link(beneath ? http.settings().baseUrl() + path : path)
            : null;
    if (uri == null) {
      throw new IllegalArgumentException("no path of Graph's: " + shown(path));
    }
    return uri;
  }

  private static String shown(String path) {
    int query = path.indexOf('?');
    return query < 0 ? path : path.substring(0, query);
  }
}

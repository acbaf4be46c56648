package dev.latchkey.graph;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.latchkey.internal.json.Json;
import dev.latchkey.internal.time.Time;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A mailbox that breaks connections, and is as careless as a server could be: it sends whatever it
 * is told to send, also a second time, and hides a mail on its way from the drafts to the sent
 * ones.
 */
final class FakeMailbox implements AutoCloseable {

  /** What becomes of the one request that is cut off. */
  enum Cut {
    /** It is lost. */
    BEFORE,
    /** It is carried out, and the answer is lost. */
    AFTER,
    /** The connection breaks, and a minute later it is carried out. */
    LATE
  }

  static {
    // Or the JDK's server waits 40 ms with each body for the acknowledgement of its head.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private static final Duration LATENESS = Duration.ofMinutes(1);

  private record Late(long atNanos, Runnable work) {}

  private final HttpServer server;
  private final Time time;
  private final Duration transit;
  private final Map<String, JsonObject> mails = new LinkedHashMap<>();
  private final Map<String, Long> hiddenUntil = new LinkedHashMap<>();
  private final List<String> delivered = new ArrayList<>();
  private final List<String> asked = new ArrayList<>();
  private final List<Late> late = new ArrayList<>();
  private int cutAt;
  private @Nullable Cut cut;
  private Runnable onCut = () -> {};
  private boolean losesSending;
  private int refusal;
  private boolean pacesRefusal;
  private boolean findsNoDraft;
  private int looksToCome;
  private Runnable onLook = () -> {};

  /**
   * Starts it.
   *
   * @param transit how long a mail that was sent is nowhere
   */
  FakeMailbox(Time time, Duration transit) throws IOException {
    this.time = time;
    this.transit = transit;
    server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1.0");
  }

  /** Cuts off the request with this number, from 1, counting from now. */
  synchronized void cut(int number, Cut how, Runnable then) {
    cutAt = asked.size() + number;
    cut = how;
    onCut = then;
  }

  /** Loses every request to send from now on. */
  synchronized void loseSending() {
    losesSending = true;
  }

  /** Refuses the next request to send, and says when to try again. */
  synchronized void refuseSending(int status) {
    refusal = status;
    pacesRefusal = true;
  }

  /** Refuses every request to send, and does not say when to try again. */
  synchronized void refuseEverySending(int status) {
    refusal = status;
    pacesRefusal = false;
  }

  /** Makes drafts, and never finds one again. */
  synchronized void findNoDraft() {
    findsNoDraft = true;
  }

  /** Lets something happen between the look of this number, from 1, and its answer. */
  synchronized void beforeAnswerToLook(int number, Runnable then) {
    looksToCome = number;
    onLook = then;
  }

  /** Whether the cut is still to come. */
  synchronized boolean cutIsToCome() {
    return cut != null;
  }

  /** The subjects of what was delivered; the same one twice if a mail was sent twice. */
  synchronized List<String> delivered() {
    late.forEach(request -> request.work().run());
    late.clear();
    return List.copyOf(delivered);
  }

  /** Method and path of each request. */
  synchronized List<String> asked() {
    return List.copyOf(asked);
  }

  /** How many drafts there are. */
  synchronized long drafts() {
    return mails.values().stream().filter(FakeMailbox::isDraft).count();
  }

  /** Removes all drafts, as a person might. */
  synchronized void removeDrafts() {
    mails.values().removeIf(FakeMailbox::isDraft);
  }

  private synchronized void handle(HttpExchange exchange) throws IOException {
    carryOutWhatIsLate();
    String path = exchange.getRequestURI().getPath().substring("/v1.0/me/messages".length());
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    asked.add(exchange.getRequestMethod() + " " + path);
    if (cut != null && asked.size() == cutAt) {
      Cut how = cut;
      cut = null;
      if (how == Cut.AFTER) {
        answer(exchange.getRequestMethod(), path, body);
      } else if (how == Cut.LATE) {
        String method = exchange.getRequestMethod();
        late.add(new Late(time.nanos() + LATENESS.toNanos(), () -> answer(method, path, body)));
      }
      onCut.run();
      exchange.getResponseHeaders().add("Connection", "close");
      throw new IOException("cut");
    }
    if (losesSending && path.endsWith("/send")) {
      throw new IOException("lost");
    }
    if (refusal != 0 && path.endsWith("/send")) {
      if (pacesRefusal) {
        exchange.getResponseHeaders().add("Retry-After", "100");
      }
      exchange.sendResponseHeaders(refusal, -1);
      exchange.close();
      refusal = pacesRefusal ? 0 : refusal;
      return;
    }
    JsonObject answer = answer(exchange.getRequestMethod(), path, body);
    if (exchange.getRequestMethod().equals("GET") && !path.isEmpty() && --looksToCome == 0) {
      onLook.run();
    }
    int status = answer.remove("status").getAsInt();
    byte[] bytes = answer.toString().getBytes(UTF_8);
    boolean empty = status == 202 || status == 204;
    exchange.sendResponseHeaders(status, empty ? -1 : bytes.length);
    if (!empty) {
      exchange.getResponseBody().write(bytes);
    }
    exchange.close();
  }

  private void carryOutWhatIsLate() {
    List<Late> due = late.stream().filter(one -> one.atNanos() - time.nanos() <= 0).toList();
    late.removeAll(due);
    due.forEach(request -> request.work().run());
  }

  private JsonObject answer(String method, String path, String body) {
    if (path.isEmpty()) {
      return method.equals("GET") ? list() : create(body);
    }
    String id = path.split("/", -1)[1];
    JsonObject mail = mails.get(id);
    if (mail == null || findsNoDraft || (method.equals("GET") && isHidden(id))) {
      return status(404);
    }
    if (path.endsWith("/send")) {
      mail.addProperty("isDraft", false);
      hiddenUntil.put(id, time.nanos() + transit.toNanos());
      delivered.add(mail.get("subject").getAsString());
      return status(202);
    }
    if (method.equals("DELETE")) {
      mails.remove(id);
      return status(204);
    }
    JsonObject found = mail.deepCopy();
    found.addProperty("status", 200);
    return found;
  }

  private JsonObject list() {
    JsonArray value = new JsonArray();
    mails.forEach(
        (id, mail) -> {
          if (!isHidden(id)) {
            value.add(mail.deepCopy());
          }
        });
    JsonObject json = status(200);
    json.add("value", value);
    return json;
  }

  private JsonObject create(String body) {
    JsonObject mail = Json.object(body);
    String id = "d" + (mails.size() + 1) + "-" + asked.size();
    mail.addProperty("id", id);
    mail.addProperty("isDraft", true);
    mails.put(id, mail);
    JsonObject created = mail.deepCopy();
    created.addProperty("status", 201);
    return created;
  }

  private boolean isHidden(String id) {
    Long until = hiddenUntil.get(id);
    return until != null && until - time.nanos() > 0;
  }

  private static boolean isDraft(JsonObject mail) {
    return mail.get("isDraft").getAsBoolean();
  }

  private static JsonObject status(int status) {
    JsonObject json = new JsonObject();
    json.addProperty("status", status);
    return json;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

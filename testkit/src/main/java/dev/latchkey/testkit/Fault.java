package dev.latchkey.testkit;

import dev.latchkey.testkit.internal.http.FaultAction;
import dev.latchkey.testkit.internal.http.Faults;
import dev.latchkey.testkit.internal.http.HttpAnswer;
import dev.latchkey.testkit.internal.oauth.ErrorBody;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Something that goes wrong with one or more requests. {@link FakeAuthorizationServer#fail} injects
 * it. Immutable.
 *
 * <pre>{@code
 * server.fail(Fault.status(503).header("Retry-After", "3").toPolls());
 * server.fail(Fault.drop().afterActing().toRefreshes());     // rotated, and the answer is lost
 * server.fail(Fault.delay(Duration.ofSeconds(2)).onRequest(3).times(2).to(Endpoint.TOKEN));
 * }</pre>
 *
 * <p>By default, a fault applies to the next request to any endpoint, once, and the server does not
 * act on that request: it issues, redeems and revokes nothing.
 */
public final class Fault {

  private final FaultAction action;
  private final Predicate<RecordedRequest> target;
  private final int first;
  private final int times;

  private Fault(FaultAction action, Predicate<RecordedRequest> target, int first, int times) {
    this.action = action;
    this.target = target;
    this.first = first;
    this.times = times;
  }

  private static Fault of(FaultAction action) {
    return new Fault(action, request -> true, 1, 1);
  }

  /**
   * Answers this HTTP status with a plain-text body, as a gateway does.
   *
   * @param status the HTTP status
   * @return the fault
   */
  public static Fault status(int status) {
    return of(new FaultAction.Instead(HttpAnswer.text(status, "Status " + status)));
  }

  /**
   * Answers status 200 with an HTML page, as a captive portal does.
   *
   * @return the fault
   */
  public static Fault html() {
    return of(new FaultAction.Instead(HttpAnswer.html(200, "<!doctype html><h1>Free Wi-Fi</h1>")));
  }

  /**
   * Answers status 200 without a body.
   *
   * @return the fault
   */
  public static Fault empty() {
    return of(new FaultAction.Instead(HttpAnswer.empty(200)));
  }

  /**
   * Answers an OAuth error.
   *
   * @param failure what to answer
   * @return the fault
   */
  public static Fault answer(OAuthFailure failure) {
    return of((wire, acting) -> wire.send(ErrorBody.of(failure, wire.request(), wire.time())));
  }

  /**
   * Acts as usual and sends the usual answer later. Holds no thread meanwhile.
   *
   * @param delay how much later, in real time
   * @return the fault
   */
  public static Fault delay(Duration delay) {
    return of((wire, acting) -> wire.sendLater(acting.get(), delay));
  }

  /**
   * Reads the request and never answers. The connection stays open until the client closes it or
   * the server is closed.
   *
   * @return the fault
   */
  public static Fault hang() {
    return of((wire, acting) -> wire.hang());
  }

  /**
   * Reads the request and cuts the connection.
   *
   * @return the fault
   */
  public static Fault drop() {
    return of((wire, acting) -> wire.cut());
  }

  /**
   * Acts as usual, sends half of the answer and cuts the connection.
   *
   * @return the fault
   */
  public static Fault truncated() {
    return of((wire, acting) -> wire.sendHalf(acting.get()));
  }

  /**
   * Acts as usual, sends this many bytes of the answer's body and cuts the connection.
   *
   * @param bytes how many; a body that is no longer than that is sent whole
   * @return the fault
   */
  public static Fault cutAfter(long bytes) {
    return of((wire, acting) -> wire.sendFirst(acting.get(), bytes));
  }

  /**
   * Acts as usual and changes the body of the answer, for example to remove a member.
   *
   * @param body takes the usual body and returns the one to send
   * @return the fault
   */
  public static Fault rewrite(UnaryOperator<String> body) {
    return of(
        (wire, acting) -> {
          var answer = acting.get();
          wire.send(answer.withText(body.apply(answer.text())));
        });
  }

  /**
   * Runs something when the request arrives, then acts and answers as usual.
   *
   * <pre>{@code
   * server.fail(Fault.meanwhile(server::expireAccessTokens).onRequest(3).to(Endpoint.GRAPH));
   * server.fail(Fault.meanwhile(() -> plan.touchTask(id)).to("PATCH", "/planner/tasks/"));
   * }</pre>
   *
   * @param event what to run, on a thread of the server and before it acts; it must not block
   * @return the fault
   */
  public static Fault meanwhile(Runnable event) {
    return of(
        (wire, acting) -> {
          event.run();
          wire.send(acting.get());
        });
  }

  /**
   * The same fault with this body, which is sent as {@code application/json} whether it is or not.
   *
   * @param text the raw body
   * @return the new fault
   * @throws IllegalStateException unless the fault is {@link #status}, {@link #html} or {@link
   *     #empty}
   */
  public Fault body(String text) {
    var answer = instead().answer();
    return new Fault(
        new FaultAction.Instead(
            answer.withText(text).with("Content-Type", "application/json; charset=utf-8")),
        target,
        first,
        times);
  }

  /**
   * The same fault with this header, for example {@code Retry-After}.
   *
   * @param name the header's name
   * @param value its value
   * @return the new fault
   * @throws IllegalStateException unless the fault is {@link #status}, {@link #html} or {@link
   *     #empty}
   */
  public Fault header(String name, String value) {
    var answer = instead().answer().with(name, value);
    return new Fault(new FaultAction.Instead(answer), target, first, times);
  }

  private FaultAction.Instead instead() {
    if (action instanceof FaultAction.Instead instead) {
      return instead;
    }
    throw new IllegalStateException("Only Fault.status, html and empty take a body or a header");
  }

  /**
   * The same fault, but the server acts on the request first: for example, it redeems the refresh
   * token and the client never learns of it.
   *
   * @return the new fault
   */
  public Fault afterActing() {
    return new Fault(new FaultAction.AfterActing(action), target, first, times);
  }

  /**
   * The same fault for requests to this endpoint only.
   *
   * @param endpoint the endpoint
   * @return the new fault
   */
  public Fault to(Endpoint endpoint) {
    return new Fault(action, request -> request.endpoint() == endpoint, first, times);
  }

  /**
   * The same fault for requests of this method to these paths only.
   *
   * <pre>{@code
   * server.fail(Fault.status(504).to("POST", "/sendMail$"));
   * server.fail(Fault.drop().afterActing().onRequest(2).to("PUT", "/uploadSession/"));
   * }</pre>
   *
   * @param method the HTTP method, in capitals
   * @param path a regular expression that must match somewhere in the path, which has neither host
   *     nor query
   * @return the new fault
   */
  public Fault to(String method, String path) {
    var pattern = Pattern.compile(path);
    return new Fault(
        action,
        request -> request.method().equals(method) && pattern.matcher(request.path()).find(),
        first,
        times);
  }

  /**
   * The same fault for polls of a sign-in only.
   *
   * @return the new fault
   */
  public Fault toPolls() {
    return new Fault(action, RecordedRequest::isPoll, first, times);
  }

  /**
   * The same fault for refreshes only.
   *
   * @return the new fault
   */
  public Fault toRefreshes() {
    return new Fault(action, RecordedRequest::isRefresh, first, times);
  }

  /**
   * The same fault, starting with the n-th matching request after it is injected.
   *
   * @param n 1, the default, is the next one
   * @return the new fault
   */
  public Fault onRequest(int n) {
    if (n < 1) {
      throw new IllegalArgumentException("n must be at least 1, not " + n);
    }
    return new Fault(action, target, n, times);
  }

  /**
   * The same fault for this many matching requests.
   *
   * @param count how many; default 1
   * @return the new fault
   */
  public Fault times(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("count must be at least 1, not " + count);
    }
    return new Fault(action, target, first, count);
  }

  /**
   * The same fault until {@link FakeAuthorizationServer#clearFaults()}.
   *
   * @return the new fault
   */
  public Fault always() {
    return times(Integer.MAX_VALUE);
  }

  void addTo(Faults faults) {
    faults.add(action, target, first, times);
  }
}

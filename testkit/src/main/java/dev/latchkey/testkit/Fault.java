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
 * Something that goes wrong with one request or with some. Immutable; {@link
 * FakeAuthorizationServer#fail(Fault...)} puts it to work.
 *
 * <pre>{@code
 * Fault.status(503).header("Retry-After", "3").toPolls()
 * Fault.drop().afterActing().toRefreshes()        // rotated, and the answer is lost
 * Fault.delay(Duration.ofSeconds(2)).onRequest(3).times(2).to(Endpoint.TOKEN)
 * }</pre>
 *
 * <p>Unless told otherwise a fault befalls the next request, to whatever endpoint, once; and the
 * server does not act on that request: nothing is issued, redeemed or revoked.
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
   * Answers an HTTP status with a body that is not JSON, as gateways do.
   *
   * @param status the HTTP status
   * @return the fault
   */
  public static Fault status(int status) {
    return of(new FaultAction.Instead(HttpAnswer.text(status, "Status " + status)));
  }

  /**
   * Answers status 200 with an HTML page, as captive portals do.
   *
   * @return the fault
   */
  public static Fault html() {
    return of(new FaultAction.Instead(HttpAnswer.html(200, "<!doctype html><h1>Free Wi-Fi</h1>")));
  }

  /**
   * Answers status 200 with no body.
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
   * Acts as usual and answers as usual, but later.
   *
   * @param delay how much later
   * @return the fault
   */
  public static Fault delay(Duration delay) {
    return of((wire, acting) -> wire.sendLater(acting.get(), delay));
  }

  /**
   * Takes the request and never answers. The connection stays open until the client or the server
   * closes it.
   *
   * @return the fault
   */
  public static Fault hang() {
    return of((wire, acting) -> wire.hang());
  }

  /**
   * Takes the request and cuts the connection.
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
   * Acts as usual, sends so many bytes of the answer's body and cuts the connection.
   *
   * @param bytes how many; if the body is no longer, all of it goes out and nothing is wrong
   * @return the fault
   */
  public static Fault cutAfter(long bytes) {
    return of((wire, acting) -> wire.sendFirst(acting.get(), bytes));
  }

  /**
   * Acts as usual and changes the body of the answer: leaves a member out, or gives it another
   * value.
   *
   * @param body makes the body to send of the usual one
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
   * Lets something happen at just this moment, then acts and answers as usual.
   *
   * <pre>{@code
   * Fault.meanwhile(server::expireAccessTokens).onRequest(3).to(Endpoint.GRAPH)
   * Fault.meanwhile(() -> plan.touchTask(id)).to("PATCH", "/planner/tasks/")
   * }</pre>
   *
   * @param event what happens; it runs before the server looks at the request, and must not block
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
   * The same fault with this body, sent as JSON, which it need not be.
   *
   * @param text the raw body
   * @return the new fault
   * @throws IllegalStateException if the fault is none that answers by itself, as {@link #hang()}
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
   * @throws IllegalStateException if the fault is none that answers by itself, as {@link #hang()}
   */
  public Fault header(String name, String value) {
    var answer = instead().answer().with(name, value);
    return new Fault(new FaultAction.Instead(answer), target, first, times);
  }

  private FaultAction.Instead instead() {
    if (action instanceof FaultAction.Instead instead) {
      return instead;
    }
    throw new IllegalStateException(
        "Only Fault.status, html and empty can be given a body or a header");
  }

  /**
   * The same fault, but the server first acts on the request: a refresh token is redeemed, and
   * nobody hears of it.
   *
   * @return the new fault
   */
  public Fault afterActing() {
    return new Fault(new FaultAction.AfterActing(action), target, first, times);
  }

  /**
   * The same fault for requests to this endpoint only.
   *
   * @param endpoint which
   * @return the new fault
   */
  public Fault to(Endpoint endpoint) {
    return new Fault(action, request -> request.endpoint() == endpoint, first, times);
  }

  /**
   * The same fault for requests of this method to these paths only.
   *
   * <pre>{@code
   * Fault.status(504).to("POST", "/sendMail$")
   * Fault.drop().afterActing().onRequest(2).to("PUT", "/uploadSession/")
   * }</pre>
   *
   * @param method the HTTP method, in capitals
   * @param path a regular expression that is found somewhere in the path, which has neither host
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
   * The same fault, but not before the n-th request that it concerns, counted from when it is put
   * to work.
   *
   * @param n 1 is the next one
   * @return the new fault
   */
  public Fault onRequest(int n) {
    if (n < 1) {
      throw new IllegalArgumentException("Requests are counted from 1, not " + n);
    }
    return new Fault(action, target, n, times);
  }

  /**
   * The same fault for so many requests in a row.
   *
   * @param count how many; default 1
   * @return the new fault
   */
  public Fault times(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("A fault happens at least once, not " + count);
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

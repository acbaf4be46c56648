package dev.latchkey.internal.http;

import dev.latchkey.internal.text.SafeCause;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * A request got no reply. The message names the endpoint without its query. The cause is what the
 * HTTP client threw, without the messages that may quote the server: where the head of a response
 * is lost, the JDK quotes the body, tokens included.
 */
public final class TransportFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The JDK has no type for this, and reports 407 in another way. */
  private static final Pattern FORBIDDEN_TUNNEL =
      Pattern.compile("Tunnel failed, got: (?!408|429)4[0-9]{2}");

  private final TransportProblem problem;
  private final boolean neverLeft;
  private final boolean lasting;

  private TransportFailure(
      String message,
      TransportProblem problem,
      boolean neverLeft,
      boolean lasting,
      @Nullable Throwable cause) {
    super(message, cause);
    this.problem = problem;
    this.neverLeft = neverLeft;
    this.lasting = lasting;
  }

  /** The reply did not come in time. */
  public static TransportFailure timedOut(URI uri, Duration timeout, boolean neverLeft) {
    return new TransportFailure(
        SecureUri.withoutQuery(uri) + " did not answer within " + timeout.toMillis() + " ms",
        TransportProblem.TIMED_OUT,
        neverLeft,
        false,
        null);
  }

  /** The HTTP client failed. The message is safe to show. */
  public static TransportFailure of(URI uri, Throwable cause, boolean neverLeft) {
    String what = isNotHttp(cause) ? "an answer that is not HTTP" : what(cause);
    return new TransportFailure(
        SecureUri.withoutQuery(uri) + ": " + what,
        TransportProblem.of(cause),
        neverLeft,
        isLasting(cause),
        SafeCause.of(cause));
  }

  private static boolean isLasting(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .anyMatch(
            e ->
                (e instanceof ProxyRefusal refusal && refusal.isLasting())
                    || FORBIDDEN_TUNNEL.matcher(String.valueOf(e.getMessage())).find());
  }

  private static boolean isNotHttp(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .anyMatch(e -> e instanceof ProtocolException || e instanceof NumberFormatException);
  }

  /**
   * Whether the request provably never left this machine: no connection, no such host, no TLS
   * session. False when in doubt, and for every request without a {@link WithdrawableBody}; the
   * server may then have acted on it.
   */
  public boolean neverLeft() {
    return neverLeft;
  }

  /** Whether a proxy refused, and would do so again: somebody has to change something first. */
  public boolean isLasting() {
    return lasting;
  }

  /** What would help, in one sentence for the person who can do it. */
  public String remedy() {
    return problem.remedy();
  }

  private static String what(Throwable failure) {
    // The JDK wraps the specific exception in others of the same or a more general type.
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ProxyRefusal) {
        return "no connection, " + cause.getMessage();
      }
      if (cause instanceof UnresolvedAddressException) {
        return "host name not found";
      }
      if (cause instanceof SSLException) {
        String why = SafeCause.message(cause);
        return why == null ? "TLS failed" : "TLS failed, " + why;
      }
      if (cause instanceof HttpTimeoutException) {
        return "timed out";
      }
    }
    if (failure instanceof ConnectException) {
      return "no connection";
    }
    return failure instanceof IOException
        ? "connection broken"
        : failure.getClass().getSimpleName();
  }
}

package dev.latchkey.internal.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/**
 * Why a request got no reply, told apart by what would help. The first constant that fits counts,
 * because the specific exception is often wrapped in a general one.
 */
public enum TransportProblem {
  /** The proxy wants a name and a password, or does not accept the ones that it got. */
  PROXY_AUTHENTICATION(
      "Check the user name and password for the proxy: those in HTTPS_PROXY, or those of the HTTP"
          + " client's authenticator; the JDK uses Basic for https only if"
          + " jdk.http.auth.tunneling.disabledSchemes allows it.",
      TransportProblem::isProxyAuthentication),

  /** The proxy does not connect to this host. */
  PROXY_REFUSAL(
      "Ask the operator of the proxy to allow connections to this host, or use another proxy.",
      TransportProblem::isProxyRefusal),

  /** By the clock of this machine, the certificate has expired or is not valid yet. */
  CERTIFICATE_DATES(
      "Check the date, time and time zone of this machine: by its clock, the server's certificate"
          + " has expired or is not valid yet.",
      TransportProblem::isOutOfDate),

  /** The certificate is for other names. */
  CERTIFICATE_NAME(
      "Check the host name in the URL, and that no captive portal or proxy answers in the server's"
          + " place: the certificate is for another name.",
      TransportProblem::isForAnotherName),

  /** Nobody whom this JVM trusts has issued the certificate. */
  CERTIFICATE_UNTRUSTED(
      "If a proxy of the organization inspects TLS, add its root certificate to this JVM's trust"
          + " store, or point javax.net.ssl.trustStore to one that has it; otherwise trust this"
          + " network with nothing.",
      failure ->
          failure instanceof CertificateException || failure instanceof CertPathValidatorException),

  /** No TLS session for another reason. */
  TLS(
      "Check that the URL's port is the server's https port, and that nothing on the way breaks"
          + " TLS.",
      failure -> failure instanceof SSLException),

  /** No address is known for the host. */
  HOST_NOT_FOUND(
      "Check the host name in the URL; if it is right, this machine is offline, or its name server"
          + " does not know the host.",
      failure ->
          failure instanceof UnresolvedAddressException || failure instanceof UnknownHostException),

  /** There is no way to the address. */
  OFFLINE(
      "Connect this machine to the network, or to the VPN that the server is in.",
      TransportProblem::isUnreachable),

  /** The connection or the reply took too long. */
  TIMED_OUT(
      "Try again later; if it lasts, check whether a firewall drops the connection and a proxy has"
          + " to be used.",
      failure -> failure instanceof HttpTimeoutException),

  /** Nothing listens at the address. */
  REFUSED(
      "Check that the server is running, and that the host and port are right in its URL and in the"
          + " network settings for a proxy.",
      failure -> failure instanceof ConnectException),

  /** The connection broke, or anything else. */
  BROKEN("Check the network connection and try again.", failure -> true);

  private final String remedy;

  @SuppressWarnings("ImmutableEnumChecker") // functions without state
  private final Predicate<Throwable> fits;

  TransportProblem(String remedy, Predicate<Throwable> fits) {
    this.remedy = remedy;
    this.fits = fits;
  }

  /** What would help, in one sentence. */
  public String remedy() {
    return remedy;
  }

  /** Reads what the HTTP client threw. */
  static TransportProblem of(Throwable failure) {
    List<Throwable> chain = Stream.iterate(failure, Objects::nonNull, Throwable::getCause).toList();
    return Arrays.stream(values())
        .filter(problem -> chain.stream().anyMatch(problem.fits))
        .findFirst()
        .orElse(BROKEN);
  }

  private static boolean isProxyAuthentication(Throwable failure) {
    return (failure instanceof ProxyRefusal refusal && refusal.status() == 407)
        // The JDK, with an authenticator: the proxy names no scheme, or rejects the password.
        || says(failure, "Proxy-Authenticate header missing")
        || says(failure, "too many authentication attempts");
  }

  private static boolean isProxyRefusal(Throwable failure) {
    return failure instanceof ProxyRefusal || says(failure, "Tunnel failed");
  }

  private static boolean isOutOfDate(Throwable failure) {
    return failure instanceof CertificateExpiredException
        || failure instanceof CertificateNotYetValidException
        || (failure instanceof CertPathValidatorException invalid
            && (invalid.getReason() == BasicReason.EXPIRED
                || invalid.getReason() == BasicReason.NOT_YET_VALID));
  }

  /** The JDK has no type for this. */
  private static boolean isForAnotherName(Throwable failure) {
    return failure instanceof CertificateException
        && (says(failure, "No subject alternative") || says(failure, "No name matching"));
  }

  private static boolean isUnreachable(Throwable failure) {
    return failure instanceof NoRouteToHostException
        || (failure instanceof SocketException && says(failure, "unreachable"));
  }

  private static boolean says(Throwable failure, String words) {
    String message = failure.getMessage();
    return (failure instanceof IOException || failure instanceof CertificateException)
        && message != null
        && message.contains(words);
  }
}

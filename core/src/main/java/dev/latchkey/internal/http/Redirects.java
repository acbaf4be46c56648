package dev.latchkey.internal.http;

import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;

/** The one rule on redirects: a client that carries tokens follows none. */
public final class Redirects {

  private Redirects() {}

  /**
   * Checks that a client does not follow redirects. One that did would carry a token to wherever
   * the answer points.
   *
   * @return the same client
   * @throws IllegalArgumentException if the client follows redirects
   */
  public static HttpClient requireNone(HttpClient client) {
    if (client.followRedirects() != Redirect.NEVER) {
      throw new IllegalArgumentException("The HttpClient must not follow redirects");
    }
    return client;
  }
}

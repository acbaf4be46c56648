package dev.latchkey.internal.http;

import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The HTTP client of a program that gives none of its own. It follows no redirects. */
public final class OwnClient {

  private OwnClient() {}

  /**
   * Creates one.
   *
   * @param executor runs its tasks; null for threads of its own
   * @param proxy null for Java's own settings
   */
  public static HttpClient create(
      HttpClient.Version version,
      Duration connectTimeout,
      @Nullable Executor executor,
      @Nullable EnvironmentProxy proxy) {
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .version(version)
            .connectTimeout(connectTimeout)
            .followRedirects(Redirect.NEVER);
    if (executor != null) {
      client.executor(executor);
    }
    return proxy == null ? client.build() : proxy.authenticating(client.proxy(proxy).build());
  }
}

package dev.latchkey.testkit.internal.page;

import com.sun.net.httpserver.Headers;
import dev.latchkey.testkit.internal.grant.Decision;
import dev.latchkey.testkit.internal.grant.Refusal;
import dev.latchkey.testkit.internal.http.Request;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A browser without a window, in which the user decides at once. */
public final class Browser {

  private static final Pattern PATH = Pattern.compile("/([^/]+)/oauth2/v2\\.0/authorize");
  private static final int PATIENCE_MILLIS = 20_000;

  private Browser() {}

  /** Decides about an authorization request, follows the redirect, and returns the app's page. */
  public static String open(
      AuthorizationHandler handler, URI baseUrl, URI page, Decision decision) {
    Matcher path = PATH.matcher(page.getPath() == null ? "" : page.getPath());
    if (!path.matches() || !page.toString().startsWith(baseUrl + "/")) {
      throw new IllegalArgumentException("Not the authorization endpoint of this server");
    }
    var request =
        new Request("GET", page, new Headers(), new byte[0], baseUrl.toString(), path.group(1));
    try {
      return get(URI.create(handler.target(handler.asked(request), decision)));
    } catch (Refusal refusal) {
      throw new IllegalArgumentException("The server refuses it: " + refusal.getMessage(), refusal);
    } catch (IOException e) {
      throw new UncheckedIOException("The app does not answer at its redirect URI", e);
    }
  }

  private static String get(URI redirect) throws IOException {
    var connection = (HttpURLConnection) redirect.toURL().openConnection(Proxy.NO_PROXY);
    connection.setConnectTimeout(PATIENCE_MILLIS);
    connection.setReadTimeout(PATIENCE_MILLIS);
    boolean failed = connection.getResponseCode() >= 400;
    try (InputStream page = failed ? connection.getErrorStream() : connection.getInputStream()) {
      return page == null ? "" : new String(page.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}

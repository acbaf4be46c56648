package dev.latchkey.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.microsoft.aad.msal4j.DeviceCodeFlowParameters;
import com.microsoft.aad.msal4j.HttpRequest;
import com.microsoft.aad.msal4j.HttpResponse;
import com.microsoft.aad.msal4j.IAccount;
import com.microsoft.aad.msal4j.IHttpResponse;
import com.microsoft.aad.msal4j.ITokenCacheAccessAspect;
import com.microsoft.aad.msal4j.ITokenCacheAccessContext;
import com.microsoft.aad.msal4j.PublicClientApplication;
import com.microsoft.aad.msal4j.SilentParameters;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.MalformedURLException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** MSAL4J: sessions in memory, or as plain text in one file that is not forced to disk. */
final class MsalSide implements Side {

  private static final Pattern ID_TOKEN =
      Pattern.compile("\"id_token\"\\s*:\\s*\"[^.\"]*\\.([^.\"]*)\\.");

  private final String authority;
  private final PublicClientApplication application;

  MsalSide(Place place, @Nullable Path directory) {
    this.authority = place.base().replace("http:", "https:") + "/" + Place.TENANT + "/";
    try {
      // Of its own accord it speaks https only: the scheme is changed under way.
      PublicClientApplication.Builder builder =
          PublicClientApplication.builder(Place.CLIENT_ID)
              .authority(authority)
              .validateAuthority(false)
              .instanceDiscovery(false)
              .executorService(
                  Executors.newCachedThreadPool(
                      task -> {
                        Thread thread = new Thread(task);
                        thread.setDaemon(true);
                        return thread;
                      }))
              .httpClient(MsalSide::send);
      if (directory != null) {
        builder.setTokenCacheAccessAspect(new PlainFile(directory.resolve("cache.json")));
      }
      this.application = builder.build();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** As its own client does, which is {@link HttpURLConnection}. */
  private static IHttpResponse send(HttpRequest request) throws IOException {
    URI uri = URI.create(request.url().toString().replace("https:", "http:"));
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
    request.headers().forEach(connection::setRequestProperty);
    if (request.body() != null) {
      connection.setDoOutput(true);
      connection.getOutputStream().write(request.body().getBytes(UTF_8));
    }
    int status = connection.getResponseCode();
    try (InputStream in =
        status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
      HttpResponse response = new HttpResponse().statusCode(status);
      response.addHeaders(connection.getHeaderFields());
      return response.body(withClientInfo(new String(in.readAllBytes(), UTF_8)));
    }
  }

  /** MSAL4J makes no account without {@code client_info}, which the fake server does not send. */
  private static String withClientInfo(String body) {
    Matcher token = ID_TOKEN.matcher(body);
    if (!token.find() || body.contains("client_info")) {
      return body;
    }
    String claims = new String(Base64.getUrlDecoder().decode(token.group(1)), UTF_8);
    String info =
        "{\"uid\":\"" + claim(claims, "oid") + "\",\"utid\":\"" + claim(claims, "tid") + "\"}";
    return body.substring(0, body.lastIndexOf('}'))
        + ",\"client_info\":\""
        + Base64.getUrlEncoder().withoutPadding().encodeToString(info.getBytes(UTF_8))
        + "\"}";
  }

  private static String claim(String claims, String name) {
    Matcher claim = Pattern.compile("\"" + name + "\"\\s*:\\s*\"([^\"]*)\"").matcher(claims);
    return claim.find() ? claim.group(1) : "";
  }

  @Override
  public CompletableFuture<Session> signIn() {
    DeviceCodeFlowParameters parameters =
        DeviceCodeFlowParameters.builder(Set.of(Place.SCOPE), code -> {}).build();
    return application.acquireToken(parameters).thenApply(result -> session(result.account()));
  }

  @Override
  public List<Session> sessions() {
    return application.getAccounts().join().stream().map(this::session).toList();
  }

  private Session session(IAccount account) {
    return new Session() {
      @Override
      public String token() {
        return acquire(false);
      }

      @Override
      public String refresh() {
        return acquire(true);
      }

      private String acquire(boolean forced) {
        try {
          SilentParameters parameters =
              SilentParameters.builder(Set.of(Place.SCOPE), account)
                  .authorityUrl(authority) // that of the account has no port
                  .forceRefresh(forced)
                  .build();
          return application.acquireTokenSilently(parameters).join().accessToken();
        } catch (MalformedURLException e) {
          throw new IllegalStateException(e);
        }
      }
    };
  }

  /** Keeps the cache as its documentation shows. */
  private record PlainFile(Path file) implements ITokenCacheAccessAspect {

    @Override
    public void beforeCacheAccess(ITokenCacheAccessContext context) {
      try {
        if (Files.exists(file)) {
          context.tokenCache().deserialize(Files.readString(file));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void afterCacheAccess(ITokenCacheAccessContext context) {
      try {
        if (context.hasCacheChanged()) {
          Files.writeString(file, context.tokenCache().serialize());
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}

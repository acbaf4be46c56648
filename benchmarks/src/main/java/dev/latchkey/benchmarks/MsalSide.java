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
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** MSAL4J: sessions in memory, or as plain text in one file that is not forced to disk. */
final class MsalSide implements Side {

  private static final Pattern ID_TOKEN =
      Pattern.compile("\"id_token\"\\s*:\\s*\"[^.\"]*\\.([^.\"]*)\\.");

  private final ReentrantLock starting = new ReentrantLock();
  private final String authority;
  private final PublicClientApplication application;

  MsalSide(Endpoints endpoints, @Nullable Path directory) {
    this.authority = endpoints.base().replace("http:", "https:") + "/" + Endpoints.TENANT + "/";
    try {
      // Of its own accord it speaks https only: the scheme is changed under way.
      PublicClientApplication.Builder builder =
          PublicClientApplication.builder(Endpoints.CLIENT_ID)
              .authority(authority)
              .validateAuthority(false)
              .instanceDiscovery(false)
              .executorService(new Tasks(starting))
              .httpClient(MsalSide::send);
      if (Side.isInKeyring()) {
        builder.setTokenCacheAccessAspect(MsalKeyring.open());
      } else if (directory != null) {
        builder.setTokenCacheAccessAspect(
            new PlainFile(directory.resolve("cache.json"), new ReentrantLock()));
      }
      this.application = builder.build();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** As its own client does, which is {@link HttpURLConnection}. */
  private static IHttpResponse send(HttpRequest request) throws IOException {
    String url = request.url().toString();
    URI uri = URI.create(Endpoints.isOverTls() ? url : url.replace("https:", "http:"));
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
      // There is no stream of an error whose connection broke.
      byte[] body = in == null ? new byte[0] : in.readAllBytes();
      return response.body(withClientInfo(new String(body, UTF_8)));
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
        DeviceCodeFlowParameters.builder(Set.of(Endpoints.SCOPE), code -> {}).build();
    starting.lock();
    try {
      return application.acquireToken(parameters).thenApply(result -> session(result.account()));
    } finally {
      starting.unlock();
    }
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
              SilentParameters.builder(Set.of(Endpoints.SCOPE), account)
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

  /**
   * A thread for each task, begun when the call that made the task has returned: of many sign-ins
   * some fail otherwise, because MSAL4J 1.26 reads a reference that it sets after the task begins.
   */
  private static final class Tasks extends ThreadPoolExecutor {
    private final ReentrantLock starting;

    Tasks(ReentrantLock starting) {
      super(
          0,
          Integer.MAX_VALUE,
          60,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
          });
      this.starting = starting;
    }

    @Override
    protected void beforeExecute(Thread thread, Runnable task) {
      starting.lock();
      starting.unlock();
      super.beforeExecute(thread, task);
    }
  }

  /**
   * Keeps the cache as its documentation shows, one thread after the other: sign-ins that are
   * approved together lose accounts otherwise.
   */
  private record PlainFile(Path file, ReentrantLock turn) implements ITokenCacheAccessAspect {

    @Override
    public void beforeCacheAccess(ITokenCacheAccessContext context) {
      turn.lock();
      try {
        if (Files.exists(file)) {
          context.tokenCache().deserialize(Files.readString(file));
        }
      } catch (IOException e) {
        turn.unlock();
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
      } finally {
        turn.unlock();
      }
    }
  }
}

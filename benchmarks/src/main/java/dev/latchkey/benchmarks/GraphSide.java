package dev.latchkey.benchmarks;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.microsoft.graph.core.tasks.LargeFileUploadTask;
import com.microsoft.graph.drives.item.items.item.createuploadsession.CreateUploadSessionPostRequestBody;
import com.microsoft.graph.models.DriveItem;
import com.microsoft.graph.models.DriveItemCollectionResponse;
import com.microsoft.graph.models.UploadSession;
import com.microsoft.graph.serviceclient.GraphServiceClient;
import com.microsoft.kiota.HttpMethod;
import dev.latchkey.AccessToken;
import dev.latchkey.Account;
import dev.latchkey.ScopeAudit;
import dev.latchkey.TokenSource;
import dev.latchkey.graph.GraphClient;
import dev.latchkey.graph.drive.ItemRef;
import dev.latchkey.graph.drive.ListOptions;
import dev.latchkey.graph.drive.UploadOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Microsoft Graph in the hands of an application that has a token. */
interface GraphSide {

  int PAGE = 200;

  /** The bytes of one request of an upload, which all sides send alike: 5 MiB. */
  int SLICE = 16 * 320 * 1024;

  private static String folder() {
    return System.getProperty("folder", "");
  }

  private static String file() {
    return System.getProperty("file", "");
  }

  /** Who is signed in. */
  String me() throws IOException;

  /** Walks a folder, and reads name, size and date of each item. Returns their number. */
  long list() throws IOException;

  /** Downloads the big file. */
  void download(Path target) throws IOException;

  /** Uploads a file in slices. */
  void upload(Path source) throws IOException;

  static GraphSide of(String name, Endpoints endpoints, String token) {
    return switch (name) {
      case "latchkey" -> new Latchkey(endpoints, token);
      case "microsoft-graph" -> new Sdk(endpoints, token);
      case "bare" -> new Bare(endpoints, token);
      default -> throw new IllegalArgumentException(name);
    };
  }

  /** graph-lite. */
  final class Latchkey implements GraphSide {
    private final Endpoints endpoints;
    private final GraphClient graph;

    Latchkey(Endpoints endpoints, String token) {
      this.endpoints = endpoints;
      this.graph =
          GraphClient.builder(new FixedToken(token)).baseUrl(URI.create(endpoints.graph())).build();
    }

    @Override
    public String me() {
      return String.valueOf(graph.me().displayName());
    }

    @Override
    public long list() {
      return graph
          .drives()
          .byId(endpoints.drive())
          .children(ItemRef.id(GraphSide.folder()), ListOptions.defaults().pageSize(PAGE))
          .stream()
          .filter(item -> item.name() != null && item.size() != null && item.created() != null)
          .count();
    }

    @Override
    public void download(Path target) {
      graph.drives().byId(endpoints.drive()).download(ItemRef.id(GraphSide.file()), target);
    }

    @Override
    public void upload(Path source) {
      graph
          .drives()
          .byId(endpoints.drive())
          .upload(
              source, ItemRef.path(Servers.UPLOADED), UploadOptions.defaults().sliceSize(SLICE));
    }
  }

  /** A token that is never refreshed. */
  record FixedToken(AccessToken token, Account owner) implements TokenSource {

    FixedToken(String value) {
      this(
          new AccessToken(
              value,
              "Bearer",
              Instant.now().plus(Duration.ofHours(1)),
              new ScopeAudit(Set.of(), Set.of(), Set.of(), Set.of()),
              AccessToken.Source.CACHE),
          new Account("id", "https://issuer.example", null, null, null, null, null));
    }

    @Override
    public AccessToken get() {
      return token;
    }

    @Override
    public AccessToken getWithClaims(String claims) {
      return token;
    }

    @Override
    public AccessToken replace(AccessToken rejected, @Nullable String claims) {
      return token;
    }

    @Override
    public Account account() {
      return owner;
    }
  }

  /** microsoft-graph, with its default middleware. */
  final class Sdk implements GraphSide {
    private final Endpoints endpoints;
    private final GraphServiceClient graph;

    Sdk(Endpoints endpoints, String token) {
      this.endpoints = endpoints;
      this.graph =
          new GraphServiceClient(
              (request, context) -> {
                if (request.httpMethod != HttpMethod.PUT) { // the URL of an upload needs none
                  request.headers.add("Authorization", "Bearer " + token);
                }
              });
      graph.getRequestAdapter().setBaseUrl(endpoints.graph());
    }

    @Override
    public String me() {
      return String.valueOf(Objects.requireNonNull(graph.me().get()).getDisplayName());
    }

    @Override
    public long list() {
      var children =
          graph
              .drives()
              .byDriveId(endpoints.drive())
              .items()
              .byDriveItemId(GraphSide.folder())
              .children();
      DriveItemCollectionResponse page =
          children.get(
              configuration -> Objects.requireNonNull(configuration.queryParameters).top = PAGE);
      long count = 0;
      while (page != null) {
        for (DriveItem item : Objects.requireNonNull(page.getValue())) {
          boolean read =
              item.getName() != null && item.getSize() != null && item.getCreatedDateTime() != null;
          count += read ? 1 : 0;
        }
        String next = page.getOdataNextLink();
        page = next == null ? null : children.withUrl(next).get();
      }
      return count;
    }

    @Override
    public void download(Path target) throws IOException {
      try (InputStream in =
          Objects.requireNonNull(
              graph
                  .drives()
                  .byDriveId(endpoints.drive())
                  .items()
                  .byDriveItemId(GraphSide.file())
                  .content()
                  .get())) {
        Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
      }
    }

    @Override
    public void upload(Path source) throws IOException {
      UploadSession session =
          Objects.requireNonNull(
              graph
                  .drives()
                  .byDriveId(endpoints.drive())
                  .items()
                  .byDriveItemId("root:/" + Servers.UPLOADED + ":")
                  .createUploadSession()
                  .post(new CreateUploadSessionPostRequestBody()));
      try (InputStream in = Files.newInputStream(source)) {
        boolean successful =
            new LargeFileUploadTask<>(
                    graph.getRequestAdapter(),
                    session,
                    in,
                    Files.size(source),
                    SLICE,
                    DriveItem::createFromDiscriminatorValue)
                .upload()
                .isUploadSuccessful();
        if (!successful) {
          throw new IOException("not uploaded");
        }
      } catch (InterruptedException | ReflectiveOperationException e) {
        throw new IOException(e);
      }
    }
  }

  /** The floor: no retry, no check, no limit. */
  final class Bare implements GraphSide {
    private final Endpoints endpoints;
    private final String token;
    private final HttpClient client = HttpClient.newHttpClient();

    Bare(Endpoints endpoints, String token) {
      this.endpoints = endpoints;
      this.token = token;
    }

    private HttpRequest request(String uri) {
      return HttpRequest.newBuilder(URI.create(uri))
          .version(HttpClient.Version.HTTP_1_1)
          .header("Authorization", "Bearer " + token)
          .build();
    }

    private JsonObject get(String uri) throws IOException {
      try {
        return JsonParser.parseString(client.send(request(uri), BodyHandlers.ofString()).body())
            .getAsJsonObject();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }

    @Override
    public String me() throws IOException {
      return get(endpoints.graph() + "/me").get("displayName").getAsString();
    }

    @Override
    public long list() throws IOException {
      String next =
          endpoints.graph()
              + "/drives/"
              + endpoints.drive()
              + "/items/"
              + GraphSide.folder()
              + "/children?$top="
              + PAGE;
      long count = 0;
      while (next != null) {
        JsonObject page = get(next);
        for (JsonElement element : page.getAsJsonArray("value")) {
          JsonObject item = element.getAsJsonObject();
          Instant created = Instant.parse(item.get("createdDateTime").getAsString());
          count +=
              item.get("name").getAsString().isEmpty()
                      || item.get("size").getAsLong() < 0
                      || created.isAfter(Instant.MAX)
                  ? 0
                  : 1;
        }
        next = page.has("@odata.nextLink") ? page.get("@odata.nextLink").getAsString() : null;
      }
      return count;
    }

    @Override
    public void download(Path target) throws IOException {
      String uri =
          endpoints.graph()
              + "/drives/"
              + endpoints.drive()
              + "/items/"
              + GraphSide.file()
              + "/content";
      try {
        HttpRequest first = request(uri);
        String at =
            client
                .send(first, BodyHandlers.discarding())
                .headers()
                .firstValue("Location")
                .orElseThrow();
        client.send(
            HttpRequest.newBuilder(URI.create(at)).version(HttpClient.Version.HTTP_1_1).build(),
            BodyHandlers.ofFile(target));
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }

    @Override
    public void upload(Path source) throws IOException {
      String uri =
          endpoints.graph()
              + "/drives/"
              + endpoints.drive()
              + "/root:/"
              + Servers.UPLOADED
              + ":/createUploadSession";
      HttpRequest create =
          HttpRequest.newBuilder(URI.create(uri))
              .version(HttpClient.Version.HTTP_1_1)
              .header("Authorization", "Bearer " + token)
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString("{}"))
              .build();
      try (InputStream in = Files.newInputStream(source)) {
        String answer = client.send(create, BodyHandlers.ofString()).body();
        URI to =
            URI.create(
                JsonParser.parseString(answer).getAsJsonObject().get("uploadUrl").getAsString());
        long size = Files.size(source);
        byte[] slice = new byte[SLICE];
        for (long from = 0; from < size; ) {
          int length = in.readNBytes(slice, 0, SLICE);
          HttpRequest put =
              HttpRequest.newBuilder(to)
                  .version(HttpClient.Version.HTTP_1_1)
                  .header("Content-Range", "bytes " + from + "-" + (from + length - 1) + "/" + size)
                  .PUT(BodyPublishers.ofByteArray(slice, 0, length))
                  .build();
          client.send(put, BodyHandlers.ofString());
          from += length;
        }
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
  }
}

package dev.latchkey.graph.drive;

import com.google.gson.JsonObject;
import dev.latchkey.graph.http.GraphHttp;
import dev.latchkey.internal.file.OwnerOnlyFile;
import dev.latchkey.internal.json.Json;
import dev.latchkey.internal.json.MalformedJson;
import java.io.IOException;
import java.math.RoundingMode;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where a session is kept for another process; or nowhere. */
final class Checkpoint {

  private static final long VERSION = 2;

  private final GraphHttp http;
  private final @Nullable Path file;
  private final String key;

  private Checkpoint(GraphHttp http, @Nullable Path file, String key) {
    this.http = http;
    this.file = file;
    this.key = key;
  }

  /** The checkpoint of an upload; it is not taken for that of any other. */
  static Checkpoint of(Destination destination, SourceFile source) {
    GraphHttp http = destination.http;
    UploadOptions options = destination.options;
    JsonObject key = new JsonObject();
    key.addProperty("graph", http.settings().baseUrl().toString());
    // "/me/drive" is another one for each account.
    key.addProperty("account", http.settings().tokens().account().id());
    key.addProperty("target", destination.route.toString());
    key.addProperty("conflict", options.conflict.wire());
    key.addProperty("if_match", options.ifMatch);
    key.addProperty("file", source.path().toString());
    key.addProperty("size", source.size());
    key.addProperty("modified", source.modified().toString());
    return new Checkpoint(http, options.checkpoint, key.toString());
  }

  boolean isKept() {
    return file != null;
  }

  /** What is kept; null if it is of another upload, or its URL may not be used. */
  @Nullable Session read() throws IOException {
    byte[] bytes = file == null ? null : OwnerOnlyFile.read(file);
    try {
      return bytes == null ? null : session(Json.object(bytes));
    } catch (MalformedJson e) {
      return null;
    }
  }

  private @Nullable Session session(JsonObject json) {
    if (!Objects.equals(Json.whole(json, "version", RoundingMode.UNNECESSARY), VERSION)
        || !key.equals(Json.stringOrNull(json, "upload"))) {
      return null;
    }
    URI url = http.elsewhere(Json.requiredString(json, "upload_url"));
    boolean mayBeComplete =
        !json.has("may_be_complete") || !json.get("may_be_complete").toString().equals("false");
    String before = Json.requiredString(json, "before");
    return url == null ? null : new Session(url, before, mayBeComplete);
  }

  void write(Session session) throws IOException {
    if (file != null) {
      JsonObject json = new JsonObject();
      json.addProperty("version", VERSION);
      json.addProperty("upload", key);
      json.addProperty("upload_url", session.url().toString());
      json.addProperty("before", session.before());
      json.addProperty("may_be_complete", session.mayBeComplete());
      OwnerOnlyFile.write(file, json.toString());
    }
  }

  void delete() throws IOException {
    if (file != null) {
      Files.deleteIfExists(file);
    }
  }
}

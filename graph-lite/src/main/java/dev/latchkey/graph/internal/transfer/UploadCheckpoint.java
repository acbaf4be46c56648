package dev.latchkey.graph.internal.transfer;

import com.google.gson.JsonObject;
import dev.latchkey.graph.drive.UploadOptions;
import dev.latchkey.graph.internal.http.GraphHttp;
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

/** Stores an upload session for another process; without a file it stores nothing. */
final class UploadCheckpoint {

  private static final long VERSION = 2;

  private final GraphHttp http;
  private final @Nullable Path file;
  private final String key;

  private UploadCheckpoint(GraphHttp http, @Nullable Path file, String key) {
    this.http = http;
    this.file = file;
    this.key = key;
  }

  /** The checkpoint of an upload. The checkpoint of any other upload does not count as this one. */
  static UploadCheckpoint of(UploadTarget target, SourceFile source) {
    GraphHttp http = target.http;
    UploadOptions options = target.options;
    JsonObject key = new JsonObject();
    key.addProperty("graph", http.config().baseUrl().toString());
    // "/me/drive" differs from account to account.
    key.addProperty("account", http.config().tokens().account().id());
    key.addProperty("target", target.path.toString());
    key.addProperty("conflict", UploadTarget.conflict(options.conflict()));
    key.addProperty("if_match", options.ifMatch());
    key.addProperty("file", source.path().toString());
    key.addProperty("size", source.size());
    key.addProperty("modified", source.modified().toString());
    return new UploadCheckpoint(http, options.checkpoint(), key.toString());
  }

  boolean isKept() {
    return file != null;
  }

  /**
   * The stored session; null if there is none or its URL must not be used.
   *
   * @param another whether it may belong to another upload
   */
  @Nullable UploadSession read(boolean another) throws IOException {
    byte[] bytes = file == null ? null : OwnerOnlyFile.readIfTrusted(file);
    try {
      JsonObject json = bytes == null ? null : Json.object(bytes);
      return json == null || !(another || key.equals(Json.stringOrNull(json, "upload")))
          ? null
          : session(json);
    } catch (MalformedJson e) {
      return null;
    }
  }

  private @Nullable UploadSession session(JsonObject json) {
    if (!Objects.equals(Json.whole(json, "version", RoundingMode.UNNECESSARY), VERSION)) {
      return null;
    }
    URI url = http.elsewhere(Json.requiredString(json, "upload_url"));
    boolean mayBeComplete =
        !json.has("may_be_complete") || !json.get("may_be_complete").toString().equals("false");
    String before = Json.requiredString(json, "before");
    return url == null ? null : new UploadSession(url, before, mayBeComplete);
  }

  void write(UploadSession session) throws IOException {
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

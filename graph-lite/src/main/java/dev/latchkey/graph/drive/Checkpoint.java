package dev.latchkey.graph.drive;

import com.google.gson.JsonObject;
import dev.latchkey.graph.http.GraphHttp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where a session is kept for another process; or nowhere. */
final class Checkpoint {

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

  @Nullable Session read() throws IOException {
    JsonObject json = file == null ? null : OwnerOnlyFile.read(file);
    return json == null ? null : Session.read(http, json, key);
  }

  void write(Session session) throws IOException {
    if (file != null) {
      OwnerOnlyFile.write(file, session.json(key));
    }
  }

  void delete() throws IOException {
    if (file != null) {
      Files.deleteIfExists(file);
    }
  }
}

package dev.latchkey.graph.drive;

import com.google.gson.JsonObject;
import dev.latchkey.graph.drive.Destination.Before;
import dev.latchkey.graph.http.GraphHttp;
import dev.latchkey.wire.Json;
import java.math.RoundingMode;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An upload session, as a checkpoint keeps it.
 *
 * @param url where the slices go: a secret
 * @param before what was at the destination when it began
 * @param mayBeComplete whether the last slice may have been sent
 */
record Session(URI url, Before before, boolean mayBeComplete) {

  private static final long VERSION = 1;

  Session withLastSlice() {
    return new Session(url, before, true);
  }

  /** To be kept for the upload that the key names. */
  JsonObject json(String key) {
    JsonObject json = new JsonObject();
    json.addProperty("version", VERSION);
    json.addProperty("upload", key);
    json.addProperty("upload_url", url.toString());
    json.addProperty("etag_before", before.eTag());
    json.addProperty("may_be_complete", mayBeComplete);
    return json;
  }

  /** Reads it; null if it is that of another upload, or its URL may not be used. */
  static @Nullable Session read(GraphHttp http, JsonObject json, String key) {
    URI url = http.elsewhere(Objects.requireNonNullElse(Json.stringOrNull(json, "upload_url"), ""));
    if (url == null
        || !Objects.equals(Json.whole(json, "version", RoundingMode.UNNECESSARY), VERSION)
        || !key.equals(Json.stringOrNull(json, "upload"))) {
      return null;
    }
    boolean mayBeComplete =
        !json.has("may_be_complete") || !json.get("may_be_complete").toString().equals("false");
    return new Session(url, new Before(Json.stringOrNull(json, "etag_before")), mayBeComplete);
  }

  /** Leaves out the URL. */
  @Override
  public String toString() {
    return "Session[" + before + ", mayBeComplete=" + mayBeComplete + "]";
  }
}

package dev.latchkey.graph.internal.transfer;

import java.net.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/** Reads the version of content from the headers of a storage host, for tests of other packages. */
public final class ReadContentVersion {

  private ReadContentVersion() {}

  /** The number of all bytes, if the response has those from an offset to the end; else null. */
  public static @Nullable Long rest(HttpHeaders headers, long offset) {
    ContentVersion.whole(headers);
    ContentVersion rest = ContentVersion.rest(headers, offset);
    return rest == null ? null : ContentVersion.read(rest.json()).total();
  }
}

package dev.latchkey.graph.internal.transfer;

import dev.latchkey.graph.drive.UploadOptions;
import dev.latchkey.graph.internal.http.GraphHttp;
import dev.latchkey.graph.internal.http.GraphPath;

/** Begins an upload session and asks how far it is, for tests of other packages. */
public final class ReadUploadSession {

  private ReadUploadSession() {}

  /** The next byte, from 0 to the size. */
  public static long next(GraphHttp http, long size) {
    UploadTarget target =
        new UploadTarget(
            http, GraphPath.of("me"), "a file", DriveScopes.OWN, UploadOptions.defaults());
    UploadSessionCalls calls = new UploadSessionCalls(target, size);
    return calls.next(calls.begin("nothing"));
  }
}

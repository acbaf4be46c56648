package dev.latchkey.graph.internal.transfer;

import dev.latchkey.graph.internal.http.GraphCall;

/** The scopes for the calls to a drive: any one of them suffices, the least first. */
public final class DriveScopes {

  /** For the user's own drive. */
  public static final DriveScopes OWN =
      new DriveScopes(
          new String[] {
            "Files.Read",
            "Files.ReadWrite",
            "Files.Read.All",
            "Files.ReadWrite.All",
            "Sites.Read.All",
            "Sites.ReadWrite.All"
          },
          new String[] {"Files.ReadWrite", "Files.ReadWrite.All", "Sites.ReadWrite.All"});

  /** For any other drive. */
  public static final DriveScopes SHARED =
      new DriveScopes(
          new String[] {
            "Files.Read.All", "Files.ReadWrite.All", "Sites.Read.All", "Sites.ReadWrite.All"
          },
          new String[] {"Files.ReadWrite.All", "Sites.ReadWrite.All"});

  private final String[] reading;
  private final String[] writing;

  private DriveScopes(String[] reading, String[] writing) {
    this.reading = reading;
    this.writing = writing;
  }

  public GraphCall toRead(GraphCall call) {
    return call.scopes(reading);
  }

  public GraphCall toWrite(GraphCall call) {
    return call.scopes(writing);
  }
}

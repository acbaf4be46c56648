package dev.latchkey.graph.drive;

import dev.latchkey.graph.http.Call;

/** Which scopes the calls for a drive need: any one of them, the least first. */
final class Access {

  /** To the person's own drive. */
  static final Access OWN =
      new Access(
          new String[] {
            "Files.Read",
            "Files.ReadWrite",
            "Files.Read.All",
            "Files.ReadWrite.All",
            "Sites.Read.All",
            "Sites.ReadWrite.All"
          },
          new String[] {"Files.ReadWrite", "Files.ReadWrite.All", "Sites.ReadWrite.All"});

  /** To any other. */
  static final Access SHARED =
      new Access(
          new String[] {
            "Files.Read.All", "Files.ReadWrite.All", "Sites.Read.All", "Sites.ReadWrite.All"
          },
          new String[] {"Files.ReadWrite.All", "Sites.ReadWrite.All"});

  private final String[] reading;
  private final String[] writing;

  private Access(String[] reading, String[] writing) {
    this.reading = reading;
    this.writing = writing;
  }

  Call toRead(Call call) {
    return call.scopes(reading);
  }

  Call toWrite(Call call) {
    return call.scopes(writing);
  }
}

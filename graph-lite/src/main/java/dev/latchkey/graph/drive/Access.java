package dev.latchkey.graph.drive;

import dev.latchkey.graph.http.Call;

/** Which scopes the calls for a drive need: any one of them, the least first. */
enum Access {
  /** The person's own drive. */
  OWN,
  /** Any other. */
  SHARED;

  private static final String[] READ_OWN = {
    "Files.Read",
    "Files.ReadWrite",
    "Files.Read.All",
    "Files.ReadWrite.All",
    "Sites.Read.All",
    "Sites.ReadWrite.All"
  };
  private static final String[] READ_SHARED = {
    "Files.Read.All", "Files.ReadWrite.All", "Sites.Read.All", "Sites.ReadWrite.All"
  };
  private static final String[] WRITE_OWN = {
    "Files.ReadWrite", "Files.ReadWrite.All", "Sites.ReadWrite.All"
  };
  private static final String[] WRITE_SHARED = {"Files.ReadWrite.All", "Sites.ReadWrite.All"};

  Call toRead(Call call) {
    return call.scopes(this == OWN ? READ_OWN : READ_SHARED);
  }

  Call toWrite(Call call) {
    return call.scopes(this == OWN ? WRITE_OWN : WRITE_SHARED);
  }
}

package dev.latchkey.examples.demo;

import dev.latchkey.DeviceAuthorization;
import java.net.http.HttpClient;

/** Opens the door of the demo's page visitor to the tests of the command. */
public final class Visits {

  private Visits() {}

  /** Approves on the page. */
  public static void approve(DeviceAuthorization shown, String username)
      throws InterruptedException {
    new PageVisitor(HttpClient.newHttpClient()).approve(shown, username);
  }
}

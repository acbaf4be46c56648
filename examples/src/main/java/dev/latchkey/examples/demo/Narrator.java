package dev.latchkey.examples.demo;

import dev.latchkey.DeviceAuthorization;
import java.net.URI;

/** Tells the story to the person who watches. */
public interface Narrator {

  /** The server is running. */
  void opened(URI server);

  /** The servers are running for other programs. */
  void serving(RunningServers servers);

  /** A step is done, or has failed and is the last one. */
  void step(String name, boolean ok, String text);

  /** The person who watches is to sign in. */
  void ask(DeviceAuthorization shown);
}

package dev.latchkey.examples.demo;

import dev.latchkey.DeviceAuthorization;
import java.net.URI;

/** Tells the story to whoever watches. */
public interface Narrator {

  /** The server is up. */
  void opened(URI server);

  /** The servers are up for others, who need to know this. */
  void serving(RunningServers servers);

  /** A step is done, or went wrong and is the last one. */
  void step(String name, boolean ok, String text);

  /** It is the turn of the person who watches. */
  void ask(DeviceAuthorization shown);
}

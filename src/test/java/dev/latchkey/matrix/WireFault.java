package dev.latchkey.matrix;

import java.io.IOException;

/**
 * One way in which a server, or whatever stands in its place, fails to answer a request.
 *
 * @param reads whether the request is read at all
 * @param slow whether only a time limit of the client ends it
 */
public record WireFault(String name, boolean reads, boolean slow, Script script) {

  /** What the server does instead of answering. */
  public interface Script {
    /**
     * Fails. The server has acted on the request if the script asks for the good answer.
     *
     * @return whether the connection may be used for another request
     */
    boolean play(Wire wire) throws IOException;
  }

  static WireFault of(String name, Script script) {
    return new WireFault(name, true, false, script);
  }

  static WireFault slow(String name, Script script) {
    return new WireFault(name, true, true, script);
  }

  @Override
  public String toString() {
    return name;
  }
}

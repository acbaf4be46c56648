package dev.latchkey.keyring;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A screen that nobody sees, and a hand that types. */
final class Screen implements AutoCloseable {

  private static final int TRIES = 200;

  private final Process server;
  private final String display;

  private Screen(Process server, String display) {
    this.server = server;
    this.display = display;
  }

  static Screen start() throws IOException {
    BusSession.require("Xvfb", "xdotool");
    Process server =
        new ProcessBuilder("Xvfb", "-displayfd", "1", "-screen", "0", "800x600x24")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    return new Screen(server, ":" + server.inputReader(UTF_8).readLine());
  }

  String display() {
    return display;
  }

  void awaitDialog(boolean there) throws Exception {
    for (int tries = 0; tries < TRIES; tries++) {
      if (hasDialog() == there) {
        return;
      }
      Thread.sleep(50);
    }
    throw new AssertionError(there ? "No dialog came." : "The dialog stayed.");
  }

  boolean hasDialog() throws Exception {
    return !xdotool("search", "--onlyvisible", "--name", "Unlock").isBlank();
  }

  /** Until the dialog is gone: what is typed before it listens is lost. */
  void type(String text) throws Exception {
    for (int tries = 0; tries < TRIES && hasDialog(); tries++) {
      xdotool("key", "ctrl+a");
      xdotool("type", text);
      xdotool("key", "Return");
      Thread.sleep(500);
    }
  }

  void press(String key) throws Exception {
    for (int tries = 0; tries < TRIES && hasDialog(); tries++) {
      xdotool("key", key);
      Thread.sleep(500);
    }
  }

  private String xdotool(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("xdotool"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("DISPLAY", display);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    return output;
  }

  @Override
  public void close() throws Exception {
    server.destroy();
    server.waitFor();
  }
}

package dev.latchkey.interop.contract;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.latchkey.examples.cli.Latchkey;
import dev.latchkey.interop.fixture.Workspace;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The {@code latchkey} command line as a process of its own, spoken to with {@code --json}. */
public final class LatchkeyProgram implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 120;

  private final Process process;
  private final BufferedReader out;
  private final List<JsonObject> events = new ArrayList<>();

  private LatchkeyProgram(Process process) {
    this.process = process;
    this.out = process.inputReader();
  }

  /** Starts it for one server and one encrypted file store. */
  public static LatchkeyProgram start(RealServer server, Path store, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                // A shell's background job ignores SIGINT, and all that it starts after it.
                "env",
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Latchkey.class.getName()));
    command.addAll(Arrays.asList(arguments));
    command.add("--json");
    File errors = Workspace.target("logs").resolve("latchkey-" + System.nanoTime()).toFile();
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors);
    builder.environment().put("LATCHKEY_ISSUER", server.issuer().toString());
    builder.environment().put("LATCHKEY_CLIENT_ID", server.clientId());
    builder.environment().put("LATCHKEY_STORE", "file:" + store);
    builder.environment().put("LATCHKEY_FILE_KEY", TokenProcess.encodedKey());
    try {
      return new LatchkeyProgram(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads the next line of its output; blocks until there is one. */
  public JsonObject nextEvent() {
    try {
      String line = out.readLine();
      if (line == null) {
        throw new IllegalStateException("latchkey ended after " + events);
      }
      JsonObject event = JsonParser.parseString(line).getAsJsonObject();
      events.add(event);
      return event;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until it ends, and reads the rest of its output. */
  public int exitStatus() throws InterruptedException {
    out.lines().forEach(line -> events.add(JsonParser.parseString(line).getAsJsonObject()));
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("latchkey did not end");
    }
    return process.exitValue();
  }

  /** The last line that it printed. */
  public JsonObject lastEvent() {
    return events.get(events.size() - 1);
  }

  /** Sends the signal of Ctrl-C. */
  public void interrupt() throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}

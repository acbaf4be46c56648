package dev.latchkey.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code java -jar latchkey.jar}, its two streams in files. */
final class JarProcess {

  private final Process process;
  private final Path out;
  private final Path err;

  private JarProcess(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  static JarProcess start(Path directory, Map<String, String> variables, List<String> args)
      throws IOException {
    List<String> command = new ArrayList<>(withSignals());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    String home = variables.get("HOME");
    if (home != null) { // Java asks the user database
      command.add("-Duser.home=" + home);
    }
    command.add("-jar");
    command.add(System.getProperty("latchkey.jar"));
    command.addAll(args);
    Path out = Files.createTempFile(directory, "out", ".txt");
    Path err = Files.createTempFile(directory, "err", ".txt");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("LATCHKEY_"));
    builder.environment().remove("DISPLAY");
    builder.environment().remove("WAYLAND_DISPLAY");
    builder.environment().putAll(variables);
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    process.getOutputStream().close();
    return new JarProcess(process, out, err);
  }

  /** A build that runs in the background may ignore SIGINT, and its children would with it. */
  private static List<String> withSignals() {
    boolean linux = System.getProperty("os.name", "").equals("Linux");
    return linux ? List.of("env", "--default-signal=INT") : List.of();
  }

  void signal(String name) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start();
    assertThat(kill.waitFor()).isZero();
  }

  String out() {
    return read(out);
  }

  String err() {
    return read(err);
  }

  Result finish() throws InterruptedException {
    boolean ended = process.waitFor(100, TimeUnit.SECONDS);
    if (!ended) {
      process.destroyForcibly();
    }
    assertThat(ended).as("stdout: %s stderr: %s", out(), err()).isTrue();
    return new Result(process.exitValue(), out(), err());
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package dev.latchkey.keyring;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** A JVM of its own, with the class path of the test. */
final class Child implements AutoCloseable {

  private static final long LONGEST = 60;

  private final Process process;
  private final Queue<String> output = new ConcurrentLinkedQueue<>();
  private final Thread listener;

  private Child(Process process) {
    this.process = process;
    listener =
        new Thread(
            () -> {
              try (var out = process.inputReader(UTF_8)) {
                out.lines().forEach(output::add);
              } catch (IOException e) {
                output.add(e.toString());
              }
            });
    listener.setDaemon(true);
    listener.start();
  }

  static Child start(Class<?> main, String... arguments) throws IOException {
    return start(Map.of(), main, arguments);
  }

  static Child start(Map<String, String> variables, Class<?> main, String... arguments)
      throws IOException {
    List<String> options = List.of("-cp", System.getProperty("java.class.path"), main.getName());
    return start(variables, options, arguments);
  }

  /** The same, but what is a module is one, as in a program that is a module itself. */
  static Child startAsModule(Class<?> main, String... arguments) throws IOException {
    String module = "dev.latchkey.keyring";
    String tests = null;
    List<String> modules = new ArrayList<>();
    for (String path : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (Files.exists(Path.of(path, "dev/latchkey/keyring/Child.class"))) {
        tests = path;
      } else if (!path.contains("junit-platform")) {
        modules.add(path);
      }
    }
    List<String> options =
        List.of(
            "-p",
            String.join(File.pathSeparator, modules),
            "--patch-module",
            module + "=" + tests,
            "--add-modules",
            "dev.latchkey.testkit",
            "--add-reads",
            module + "=dev.latchkey.testkit",
            "--add-opens", // as the README says
            "org.freedesktop.dbus/org.freedesktop.dbus.connections=" + module,
            "-m",
            module + "/" + main.getName());
    return start(Map.of(), options, arguments);
  }

  private static Child start(
      Map<String, String> variables, List<String> options, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1"));
    command.addAll(options);
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(variables);
    return new Child(builder.start());
  }

  void say(String line) throws IOException {
    Writer in = process.outputWriter(UTF_8);
    in.write(line + "\n");
    in.flush();
  }

  /** Waits until it has printed the line so many times. */
  void await(String line, int times) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST);
    while (output.stream().filter(line::equals).count() < times) {
      if (System.nanoTime() > deadline || !process.isAlive()) {
        throw new AssertionError("It printed " + output);
      }
      Thread.sleep(5);
    }
  }

  /** All that it printed, once it has ended well. */
  String end() throws InterruptedException {
    if (!process.waitFor(LONGEST, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new AssertionError("It ended badly or not at all, and printed " + output);
    }
    listener.join();
    return String.join("\n", output) + "\n";
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}

package dev.latchkey.benchmarks;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Starts the servers and, one after the other, the programs that are measured. */
final class Harness implements AutoCloseable {

  /** As the build names it. */
  private static final String JAR = System.getProperty("benchmarks.jar", "");

  static final String CDS = "latchkey, AppCDS and C1";

  private static final Pattern OURS =
      Pattern.compile(".*(latchkey-|gson|slf4j-api|jspecify|/classes).*");
  private static final Pattern MSAL =
      Pattern.compile(".*(latchkey-benchmarks|msal4j|azure-json|slf4j-api|jspecify|/classes).*");
  private static final Pattern KEYRING =
      Pattern.compile(
          ".*(java-keyring|secret-service|hkdf|dbus-java|jna|jkeychain|nimbus-jose-jwt).*");

  private static final int SERVERS_SECONDS = 3600;

  /** No program that is measured takes longer. */
  private static final int SECONDS = 420;

  final Path module;
  final Endpoints endpoints;
  final Path work;
  private final Child servers;
  private final String token;
  private final long start = System.nanoTime();

  Harness(Path module) throws IOException {
    this.module = module;
    this.work = Files.createTempDirectory("benchmarks");
    this.servers =
        new Child(
            java(List.of("-Xmx3g", "-cp", everything()), "Servers", "10001", work.toString()),
            Map.of(),
            SERVERS_SECONDS);
    String line = servers.line();
    while (line != null && !line.startsWith("READY")) {
      line = servers.line();
    }
    this.endpoints = Endpoints.of(Objects.requireNonNull(line, "the servers did not start"));
    var signIn = new BareSide(endpoints, "User.Read%20Files.ReadWrite.All").signIn();
    while (endpoints.ask("approve").equals("0")) {
      Thread.onSpinWait();
    }
    this.token = signIn.join().token();
  }

  /** Says what was done, with the seconds since the beginning. */
  void say(String what) {
    System.out.println(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start) + " s: " + what);
  }

  /** The class path, with the jar of this module for its directory, which no archive can hold. */
  private String everything() {
    Path classes = module.resolve("target/classes");
    Path jar = module.resolve("target").resolve(JAR);
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(entry -> Path.of(entry).equals(classes) ? jar.toString() : entry)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private String only(Pattern... wanted) {
    return Arrays.stream(everything().split(File.pathSeparator, -1))
        .filter(entry -> Arrays.stream(wanted).anyMatch(one -> one.matcher(entry).matches()))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static List<String> java(List<String> options, String main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add(Harness.class.getPackageName() + "." + main);
    command.addAll(List.of(arguments));
    return command;
  }

  /** Runs a program on each side in turn, so many rounds. */
  Run run(String program, String argument, int rounds, List<String> options, String... sides) {
    return run(program, argument, rounds, options, Map.of(), sides);
  }

  /** The same, with variables of the environment. */
  Run run(
      String program,
      String argument,
      int rounds,
      List<String> options,
      Map<String, String> variables,
      String... sides) {
    Run run = new Run();
    for (int round = 0; round < rounds; round++) {
      for (String side : sides) {
        if (run.failure(side) == null) {
          try {
            once(program, argument, side, options, variables, run);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }
      }
    }
    say(program + " " + argument);
    return run;
  }

  private void once(
      String program,
      String argument,
      String side,
      List<String> more,
      Map<String, String> variables,
      Run run)
      throws IOException {
    boolean archived = side.equals(CDS);
    String library = archived ? "latchkey" : side;
    List<String> options = options(library, more);
    Path archive = work.resolve("latchkey-" + more.hashCode() + ".jsa");
    if (archived && !Files.exists(archive)) {
      List<String> making = new ArrayList<>(options);
      making.add("-XX:ArchiveClassesAtExit=" + archive);
      await(java(making, "Programs", program, library, argument), variables, side, new Run());
    }
    if (archived) {
      options.addAll(
          List.of(
              "-XX:SharedArchiveFile=" + archive, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    }
    endpoints.ask("clear"); // an earlier program may have left sign-ins behind
    long begin = System.nanoTime();
    if (await(java(options, "Programs", program, library, argument), variables, side, run)) {
      run.add(side, "process-wall", (System.nanoTime() - begin) / 1e6);
    }
  }

  private List<String> options(String library, List<String> more) {
    List<String> options = new ArrayList<>(endpoints.options());
    options.add("-Djava.io.tmpdir=" + work); // so that close() deletes what they leave
    options.add("-Dtoken=" + token);
    options.add("-Dkept=" + kept(library));
    options.addAll(more);
    boolean keyring = more.contains(Side.IN_KEYRING);
    options.addAll(List.of("-cp", classPath(library, keyring)));
    return options;
  }

  /** Where a side leaves the place of its sessions for {@code cached}. */
  Path kept(String side) {
    return work.resolve("kept-" + side);
  }

  private String classPath(String side, boolean keyring) {
    return switch (side) {
      case "latchkey", "bare" -> keyring ? only(OURS, KEYRING) : only(OURS);
      case "msal4j" -> keyring ? only(MSAL, KEYRING) : only(MSAL);
      default -> everything();
    };
  }

  private boolean await(List<String> command, Map<String, String> variables, String side, Run run)
      throws IOException {
    try (Child child = new Child(command, variables, SECONDS)) {
      String failure = child.await(line -> result(line, side, run));
      if (failure != null) {
        say(side + " failed: " + failure);
        run.fail(side, failure);
      }
      return failure == null;
    }
  }

  private static void result(String line, String side, Run run) {
    if (line.startsWith("RESULT ")) {
      String[] words = line.split(" ", -1);
      run.add(side, words[1], Double.parseDouble(words[2]));
    }
  }

  /**
   * Starts so many processes on one side's sessions, and lets them go together once all are ready.
   * Adds the redemptions meanwhile to the run, or why one of them failed.
   */
  void together(String side, int processes, Run run) throws IOException {
    int before = Integer.parseInt(endpoints.ask("redemptions"));
    List<Child> children = new ArrayList<>();
    @Nullable String failure = null;
    int failed = 0;
    try {
      List<String> command =
          java(
              options(side, List.of("-XX:+UseSerialGC")),
              "Programs",
              "one-of-many",
              side,
              kept(side).toString());
      for (int i = 0; i < processes; i++) {
        children.add(new Child(command, Map.of(), SECONDS));
      }
      for (Child child : children) {
        String line = child.line();
        while (line != null && !line.equals("READY")) {
          line = child.line();
        }
      }
      for (Child child : children) {
        child.tell("go");
      }
      for (Child child : children) {
        String why = child.await(line -> {});
        failed += why == null ? 0 : 1;
        failure = why == null ? failure : why;
      }
    } finally {
      for (Child child : children) {
        child.close();
      }
    }
    if (failure != null) {
      run.fail(side, failed + " of " + processes + " processes failed: " + failure);
    }
    run.add(side, "refreshes", Integer.parseInt(endpoints.ask("redemptions")) - before);
    say(processes + " processes of " + side);
  }

  /**
   * Runs any program, and measures the CPU and wall time of it and all that it starts.
   *
   * @return its output
   */
  String program(
      String side, List<String> command, Map<String, String> variables, boolean approve, Run run)
      throws IOException {
    StringBuilder output = new StringBuilder();
    long cpu = Meter.cpuOfChildren();
    long begin = System.nanoTime();
    try (Child child = new Child(command, variables, SECONDS)) {
      while (approve && endpoints.ask("approve").equals("0") && child.process.isAlive()) {
        Thread.onSpinWait();
      }
      String failure = child.await(line -> output.append(line).append('\n'));
      if (failure != null) {
        say(side + " failed: " + failure + ' ' + output);
        run.fail(side, failure);
      } else {
        run.add(side, "wall", (System.nanoTime() - begin) / 1e6);
        run.add(side, "cpu", Meter.cpuOfChildren() - cpu);
      }
    }
    return output.toString();
  }

  /** Ends the servers, and deletes what they and the programs left behind. */
  @Override
  public void close() throws IOException {
    servers.close();
    try (Stream<Path> left = Files.walk(work)) {
      for (Path path : left.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException e) {
      say("not deleted: " + e); // a daemon that ends late may still write
    }
  }
}

package dev.latchkey.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Starts the servers and, one after the other, the programs that are measured. */
final class Harness implements AutoCloseable {

  static final String CDS = "latchkey, AppCDS and C1";

  private static final Pattern OURS =
      Pattern.compile(".*(latchkey-|gson|slf4j-api|jspecify|/classes).*");
  private static final Pattern MSAL =
      Pattern.compile(".*(latchkey-benchmarks|msal4j|azure-json|slf4j-api|jspecify|/classes).*");
  private static final int MINUTES = 5;

  final Place place;
  final Path work;
  private final Process servers;
  private final String token;

  Harness() throws IOException {
    this.work = Files.createTempDirectory("benchmarks");
    this.servers = start(List.of("-Xmx2g", "-cp", everything()), "Servers", "6001");
    BufferedReader lines = servers.inputReader(UTF_8);
    String line = lines.readLine();
    while (line != null && !line.startsWith("READY")) {
      line = lines.readLine();
    }
    this.place = Place.of(Objects.requireNonNull(line, "the servers did not start"));
    var signIn = new BareSide(place, "User.Read%20Files.ReadWrite.All").signIn();
    while (place.ask("approve").equals("0")) {
      Thread.onSpinWait();
    }
    this.token = signIn.join().token();
  }

  private static String everything() {
    return System.getProperty("java.class.path");
  }

  private static String only(Pattern wanted) {
    return Arrays.stream(everything().split(File.pathSeparator, -1))
        .filter(entry -> wanted.matcher(entry).matches())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static Process start(List<String> options, String main, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add(Harness.class.getPackageName() + "." + main);
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** Runs a program on each side in turn, so many rounds. */
  Run run(String program, String argument, int rounds, List<String> options, String... sides) {
    Run run = new Run();
    for (int round = 0; round < rounds; round++) {
      for (String side : sides) {
        try {
          once(program, argument, side, options, run);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    System.out.println(program + " " + argument + ": done");
    return run;
  }

  private void once(String program, String argument, String side, List<String> more, Run run)
      throws IOException {
    boolean archived = side.equals(CDS);
    String library = archived ? "latchkey" : side;
    List<String> options = new ArrayList<>(place.options());
    options.addAll(more);
    options.add("-Dtoken=" + token);
    options.add("-Dkept=" + kept(library));
    options.addAll(List.of("-cp", classPath(library)));
    Path archive = work.resolve("latchkey.jsa");
    if (archived && !Files.exists(archive)) {
      List<String> making = new ArrayList<>(options);
      making.add("-XX:ArchiveClassesAtExit=" + archive);
      await(start(making, "Programs", program, library, argument), side, new Run());
    }
    if (archived) {
      options.addAll(
          List.of(
              "-XX:SharedArchiveFile=" + archive, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    }
    place.ask("clear"); // an earlier program may have left sign-ins behind
    long start = System.nanoTime();
    if (await(start(options, "Programs", program, library, argument), side, run)) {
      run.add(side, "process-wall", (System.nanoTime() - start) / 1e6);
    }
  }

  /** Where a side leaves the place of its sessions for {@code cached}. */
  Path kept(String side) {
    return work.resolve("kept-" + side);
  }

  private static String classPath(String side) {
    return switch (side) {
      case "latchkey", "bare" -> only(OURS);
      case "msal4j" -> only(MSAL);
      default -> everything();
    };
  }

  private static boolean await(Process process, String side, Run run) throws IOException {
    try (BufferedReader lines = process.inputReader(UTF_8)) {
      lines
          .lines()
          .filter(line -> line.startsWith("RESULT "))
          .map(line -> line.split(" ", -1))
          .forEach(words -> run.add(side, words[1], Double.parseDouble(words[2])));
      boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
      if (!ended || process.exitValue() != 0) {
        System.out.println(side + " failed");
        process.destroyForcibly();
        return false;
      }
      return true;
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    servers.destroy();
  }
}

package dev.latchkey.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Measures all rows or the essential ones, and writes RESULTS.md and the growth curves. */
public final class Benchmarks {

  private static final String OURS = "latchkey";
  private static final String MSAL = "msal4j";
  private static final String AZURE = "azure-identity";
  private static final String SDK = "microsoft-graph";
  private static final String BARE = "bare";
  private static final List<String> SERIAL = List.of("-XX:+UseSerialGC");
  private static final int MIB = 1 << 20;

  private final boolean all;
  private final Pattern only;
  private final int divisor;
  private final Path directory;
  private final Harness harness;
  private final StringBuilder rows = new StringBuilder();
  private final StringBuilder curves = new StringBuilder();

  private Benchmarks(boolean all, Path directory, String only, int divisor, Harness harness) {
    this.all = all;
    this.only = Pattern.compile(only);
    this.divisor = divisor;
    this.directory = directory;
    this.harness = harness;
  }

  /**
   * Arguments: what to measure ({@code all}, {@code essentials}, {@code none}), the directory of
   * the module, the sections to run, as a regular expression, and what counts are divided by.
   */
  public static void main(String... args) throws Exception {
    if (args[0].equals("none")) {
      return;
    }
    long start = System.nanoTime();
    Path module = Path.of(args[1]);
    int divisor = Integer.parseInt(args[3]);
    boolean trial = divisor != 1 || !args[2].equals(".*");
    Path directory = trial ? trial(module) : module;
    try (Harness harness = new Harness(module)) {
      Benchmarks benchmarks =
          new Benchmarks(args[0].equals("all"), directory, args[2], divisor, harness);
      benchmarks.measure();
      benchmarks.write((System.nanoTime() - start) / 1_000_000_000L);
    }
  }

  /** A trial leaves what is published alone. */
  private static Path trial(Path module) throws IOException {
    Path directory = Files.createDirectories(module.resolve("target/trial/benchmarks"));
    Path docs = Files.createDirectories(directory.resolveSibling("docs"));
    Files.copy(
        module.resolveSibling("docs").resolve("performance.md"),
        docs.resolve("performance.md"),
        StandardCopyOption.REPLACE_EXISTING);
    return directory;
  }

  private int rounds() {
    return divisor > 1 ? 1 : all ? 5 : 2;
  }

  private int rounds(int most) {
    return Math.min(most, rounds());
  }

  /** Fewer of what takes long. */
  private int roundsOf(int count) {
    return all ? rounds(count > 1000 ? 2 : 3) : 1;
  }

  private List<Integer> counts(Integer... full) {
    return Arrays.stream(full).map(this::count).distinct().toList();
  }

  private int count(int full) {
    return Math.max(1, full / divisor);
  }

  static String text(int count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  private void measure() throws IOException {
    section("cached-token", this::cachedToken);
    section("sign-in", this::signIn);
    section("tls", this::signInOverTls);
    section("pending", this::pending);
    section("cancel", this::cancel);
    section("storm", this::storm);
    section("processes", this::processes);
    section("cached-process", this::cachedProcess);
    section("accounts", this::accounts);
    section("keyring", this::keyring);
    section("command-line", this::commandLine);
    section("graph", this::graph);
    section("down", this::download);
    section("up", this::upload);
    section("herd", this::herd);
  }

  private interface Section {
    void run() throws IOException, RunnerException;
  }

  /** Whatever one section fails for, the others are measured. */
  private void section(String name, Section section) {
    if (!only.matcher(name).matches()) {
      return;
    }
    harness.say("begins: " + name);
    try {
      section.run();
    } catch (Exception | Error e) {
      e.printStackTrace();
      rows.append(
          String.format("| %s |  | – |  |  | not measured: %s |%n", name, cell(e.toString())));
    }
  }

  private static String cell(String text) {
    return text.replace("|", "/").replaceAll("\\s+", " ");
  }

  private void row(
      String measure, String unit, Run run, String metric, List<String> sides, String note) {
    StringBuilder peers = new StringBuilder();
    StringBuilder ratios = new StringBuilder();
    StringBuilder notes = new StringBuilder(note);
    for (String side : sides) {
      String failure = run.failure(side);
      if (failure != null) {
        notes.append(notes.isEmpty() ? "" : ". ").append(side).append(" failed: ");
        notes.append(cell(failure));
      }
      if (!side.equals(OURS)) {
        double ratio = run.median(OURS, metric) / run.median(side, metric);
        peers.append(peers.isEmpty() ? "" : "<br>").append(side).append(": ");
        peers.append(run.text(side, metric));
        ratios.append(ratios.isEmpty() ? "" : "<br>");
        ratios.append(Double.isNaN(ratio) ? "–" : Run.number(ratio) + "x");
      }
    }
    rows.append(
        String.format(
            "| %s | %s | %s | %s | %s | %s |%n",
            measure, unit, run.text(OURS, metric), peers, ratios, notes));
  }

  private void cachedToken() throws RunnerException {
    OptionsBuilder options = new OptionsBuilder();
    options
        .include(CachedTokenBenchmark.class.getName())
        .forks(1)
        .jvmArgsAppend(harness.endpoints.options().toArray(String[]::new))
        .warmupIterations(divisor > 1 ? 1 : all ? 5 : 2)
        .warmupTime(TimeValue.seconds(1))
        .measurementIterations(divisor > 1 ? 1 : all ? 8 : 2)
        .measurementTime(TimeValue.seconds(1))
        .addProfiler(GCProfiler.class);
    Run run = new Run();
    for (RunResult result : new Runner(options.build()).run()) {
      String name = result.getParams().getBenchmark().replaceAll(".*\\.", "");
      String side = name.equals(MSAL) ? MSAL : OURS;
      result
          .getBenchmarkResults()
          .forEach(
              one ->
                  one.getIterationResults()
                      .forEach(
                          iteration -> {
                            String key = side.equals(MSAL) ? "" : name;
                            for (String to :
                                side.equals(MSAL)
                                    ? List.of("readme", "keptSource")
                                    : List.of(key)) {
                              run.add(side, to, iteration.getPrimaryResult().getScore() / 1e6);
                              iteration.getSecondaryResults().entrySet().stream()
                                  .filter(e -> e.getKey().endsWith("gc.alloc.rate.norm"))
                                  .forEach(
                                      e -> run.add(side, to + "-bytes", e.getValue().getScore()));
                            }
                          }));
    }
    List<String> sides = List.of(OURS, MSAL);
    String note =
        "`client.tokens(account).get()`; `acquireTokenSilently(…).join()`. More is better";
    row("cached token, named each time", "million a second", run, "readme", sides, note);
    row("the same, allocated", "bytes a call", run, "readme-bytes", sides, "by the JVM's count");
    row(
        "cached token, kept source",
        "million a second",
        run,
        "keptSource",
        sides,
        "`tokens.get()`");
  }

  private void signIn() {
    List<String> sides = new ArrayList<>(List.of(OURS, Harness.CDS, MSAL, BARE));
    if (all) {
      sides.add(AZURE);
    }
    Run run = harness.run("sign-in", "1", rounds(), List.of(), sides.toArray(String[]::new));
    String note =
        "a program signs one person in with one poll, over http, and ends. The bare side handles no"
            + " error and keeps nothing; MSAL4J sends by HttpURLConnection";
    row("whole process, sign-in: CPU", "ms", run, "process-cpu", sides, note);
    row(
        "the same: wall",
        "ms",
        run,
        "process-wall",
        sides,
        "with the interval of 1 s, which MSAL4J does not wait for before its first poll");
    row("the same: peak memory", "MiB", run, "memory", sides, "resident");
    row("the same: classes loaded", "", run, "classes", sides, "");
  }

  private void signInOverTls() {
    List<String> sides = new ArrayList<>(List.of(OURS, Harness.CDS, MSAL, BARE));
    if (all) {
      sides.add(AZURE);
    }
    Run run =
        harness.run(
            "sign-in",
            "1",
            rounds(),
            harness.endpoints.overTls(harness.work),
            sides.toArray(String[]::new));
    row(
        "whole process, sign-in over TLS: CPU",
        "ms",
        run,
        "process-cpu",
        sides,
        "the same program; TLS 1.3, HTTP/1.1, a certificate of an elliptic curve");
    row("the same: wall", "ms", run, "process-wall", sides, "with the interval of 1 s");
    row("the same: classes loaded", "", run, "classes", sides, "");
  }

  private void pending() throws IOException {
    List<Integer> counts = all ? counts(100, 1000, 5000) : counts(100, 500);
    List<String> sides = List.of(OURS, MSAL);
    Map<Integer, Run> runs = new LinkedHashMap<>();
    for (int count : counts) {
      Run run = harness.run("approvals", "" + count, roundsOf(count), SERIAL, OURS, MSAL);
      runs.put(count, run);
      row(
          text(count) + " sign-ins approved at once: CPU each",
          "ms",
          run,
          "cpu",
          sides,
          "one client, each another person, sessions in memory; from the approval to the last"
              + " result. MSAL4J's tasks are held back until the call that makes them has returned:"
              + " some fail otherwise, by a race of its own");
      if (count == counts.get(counts.size() - 1)) {
        row("the same: peak memory", "MiB", run, "memory", sides, "resident");
        row("the same: peak threads", "", run, "threads", sides, "");
      }
    }
    curve("pending", "CPU of an approval", "sign-ins pending", "ms", "cpu", runs, sides);
    int pending = count(all ? 5000 : 500);
    Run polls = harness.run("polls", "" + pending, roundsOf(pending), SERIAL, OURS, MSAL);
    row(
        "CPU a poll, " + text(pending) + " pending",
        "ms",
        polls,
        "cpu",
        sides,
        "one a second each");
    row("the same: peak memory", "MiB", polls, "memory", sides, "resident");
    row("the same: peak threads", "", polls, "threads", sides, "");
  }

  private void cancel() throws IOException {
    List<Integer> counts = all ? counts(1000, 5000, 10_000) : counts(500, 1000);
    List<String> sides = List.of(OURS);
    List<String> options = new ArrayList<>(SERIAL);
    options.add("-Dbase=" + harness.endpoints.slow());
    Map<Integer, Run> runs = new LinkedHashMap<>();
    for (int count : counts) {
      Run run = harness.run("cancel", "" + count, roundsOf(count), options, OURS);
      runs.put(count, run);
      String what = text(count) + " sign-ins";
      row(
          "begin " + what,
          "ms",
          run,
          "begin",
          sides,
          "one client, 32 requests at a time. MSAL4J cannot cancel one that waits");
      row("cancel " + what, "ms", run, "cancel", sides, "until each result says so");
    }
    Run growth = new Run();
    int most = counts.get(counts.size() - 1);
    int half = counts.get(Math.max(0, counts.size() - 2));
    growth.add(OURS, "both", both(runs, most) / both(runs, half));
    row(
        "begin and cancel " + text(most) + ", to " + text(half),
        "times as long",
        growth,
        "both",
        sides,
        "2 is linear; the JVM is cold in both");
    curve("cancel", "Begin and cancel", "sign-ins", "ms", "both", runs, sides);
  }

  private static double both(Map<Integer, Run> runs, int count) {
    return runs.getOrDefault(count, new Run()).median(OURS, "both");
  }

  private void storm() {
    Run run = harness.run("storm", "32", 1, SERIAL, OURS, MSAL);
    row(
        "32 threads want a new token at once",
        "refreshes",
        run,
        "refreshes",
        List.of(OURS, MSAL),
        "a count");
  }

  private void processes() throws IOException {
    Run run = new Run();
    for (String side : List.of(OURS, MSAL)) {
      harness.run("keep", "1", 1, List.of(), side).copyTo(run, side);
      harness.together(side, 8, run);
    }
    row(
        "8 processes want a new token at once",
        "refreshes",
        run,
        "refreshes",
        List.of(OURS, MSAL),
        "a count; they share one store of files and hold the same token");
  }

  private void accounts() throws IOException {
    List<Integer> counts = all ? counts(1, 100, 1000, 5000) : counts(1, 100);
    List<String> sides = List.of(OURS, MSAL);
    Map<Integer, Run> runs = new LinkedHashMap<>();
    for (int count : counts) {
      // MSAL4J writes its whole cache at each sign-in: at 5,000 that is hours.
      boolean ours = count > 1000;
      int rounds = count >= 1000 || !all ? 1 : rounds(3);
      Run run =
          ours
              ? harness.run("refresh", "" + count, rounds, List.of(), OURS)
              : harness.run("refresh", "" + count, rounds, List.of(), OURS, MSAL);
      if (ours) {
        run.fail(MSAL, "not tried, because each sign-in writes its whole cache");
      }
      runs.put(count, run);
      String among = ", " + text(count) + (count == 1 ? " account" : " accounts");
      row(
          "refresh and save" + among,
          "ms",
          run,
          "refresh",
          sides,
          "Latchkey: encrypted and forced to disk. MSAL4J: plain text, not forced");
      row("list the accounts" + among, "ms", run, "accounts", sides, "from the files");
      row("one more sign-in" + among, "ms of CPU", run, "one-more", sides, "one poll, saved");
    }
    curve("refresh", "Refresh and save", "accounts", "ms", "refresh", runs, sides);
    curve("accounts", "List the accounts", "accounts", "ms", "accounts", runs, sides);
    curve("one-more", "One more sign-in", "accounts", "ms of CPU", "one-more", runs, sides);
  }

  private void cachedProcess() {
    Run run = new Run();
    List<String> sides = List.of(OURS, Harness.CDS, MSAL);
    for (String side : sides) {
      String library = side.equals(Harness.CDS) ? OURS : side;
      if (!side.equals(Harness.CDS)) {
        harness.run("keep", "1", 1, List.of(), side).copyTo(new Run(), side);
      }
      String kept = harness.kept(library).toString();
      harness.run("cached", kept, rounds(), List.of(), side).copyTo(run, side);
    }
    row(
        "cached token from the file store, whole process",
        "ms of CPU",
        run,
        "process-cpu",
        sides,
        "Latchkey decrypts; MSAL4J reads plain text");
  }

  private void keyring() throws IOException {
    try (Keyring keyring = new Keyring(harness.work.resolve("home"))) {
      List<String> options = List.of(Side.IN_KEYRING);
      Run kept = harness.run("keep", "1", 1, options, keyring.variables, OURS, MSAL);
      List<String> sides = List.of(OURS, Harness.CDS, MSAL);
      Run run = new Run();
      List<String> able = sides.stream().filter(side -> kept.failure(side) == null).toList();
      harness
          .run("cached", "0", rounds(), options, keyring.variables, able.toArray(String[]::new))
          .copyAllTo(run);
      sides.forEach(side -> kept.copyFailureTo(run, side));
      row(
          "cached token from GNOME Keyring, whole process",
          "ms of CPU",
          run,
          "process-cpu",
          sides,
          "a keyring of its own, without a screen. MSAL4J by msal4j-persistence-extension 1.3.0"
              + " (with nimbus-jose-jwt, which it lacks beside MSAL4J 1.26), which asks libsecret"
              + " by JNA; Latchkey speaks D-Bus");
      row("the same: wall", "ms", run, "process-wall", sides, "");
      commandLine("GNOME Keyring", "keyring", keyring.variables);
    }
  }

  private void commandLine() throws IOException {
    commandLine("the file store", "file:" + harness.work.resolve("sessions"), Map.of());
  }

  /** {@code latchkey token} as a script calls it. */
  private void commandLine(String where, String store, Map<String, String> more)
      throws IOException {
    Path target = harness.module.resolveSibling("examples").resolve("target");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Map<String, String> variables = new HashMap<>(more);
    variables.put("JAVA_HOME", System.getProperty("java.home"));
    variables.put("LATCHKEY_FILE_KEY", "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=");
    List<String> jar = List.of(java, "-jar", target.resolve("latchkey.jar").toString());
    List<String> options =
        List.of(
            "--json",
            "--entra=" + Endpoints.TENANT,
            "--authority-host=" + harness.endpoints.base(),
            "--client-id=" + Endpoints.CLIENT_ID,
            "--scope=" + Endpoints.SCOPE,
            "--store=" + store);
    Run run = new Run();
    String signedIn =
        harness.program(
            OURS, command(jar, "sign-in", options, "--no-browser"), variables, true, new Run());
    if (!signedIn.contains("signed_in")) {
      throw new IOException("the command line signed nobody in");
    }
    List<String> launcher = List.of(target.resolve("bin/latchkey").toString());
    for (int round = 0; round < rounds(); round++) {
      harness.program(OURS, command(launcher, "token", options), variables, false, run);
      harness.program("java -jar", command(jar, "token", options), variables, false, run);
      harness.program("java -version", List.of(java, "-version"), variables, false, run);
    }
    harness.say("latchkey token, " + where);
    List<String> sides = List.of(OURS, "java -jar", "java -version");
    row(
        "`latchkey token` from " + where + ", whole process: CPU",
        "ms",
        run,
        "cpu",
        sides,
        "by `bin/latchkey`, with its archive of classes; by `java -jar latchkey.jar`; and what the"
            + " JVM costs alone");
    row("the same: wall", "ms", run, "wall", sides, "");
  }

  private static List<String> command(
      List<String> program, String name, List<String> options, String... more) {
    List<String> command = new ArrayList<>(program);
    command.add(name);
    command.addAll(options);
    command.addAll(List.of(more));
    return command;
  }

  private void graph() throws IOException {
    List<String> sides = List.of(OURS, SDK, BARE);
    String[] names = sides.toArray(String[]::new);
    Run me = harness.run("me", "" + count(all ? 4000 : 1000), rounds(3), SERIAL, names);
    String note = "warm, one thread, loopback. The bare side checks nothing";
    row("Graph `me()`: p50", "µs", me, "p50", sides, note);
    row("the same: CPU", "ms a request", me, "cpu", sides, "of all threads");
    row("the same: allocated", "KiB a request", me, "bytes", sides, "of all threads");
    Map<Integer, Run> runs = new LinkedHashMap<>();
    for (int count : all ? counts(1000, 10_000, 100_000) : counts(1000, 10_000)) {
      List<String> options = new ArrayList<>(SERIAL);
      options.add("-Dfolder=" + harness.endpoints.ask("folder/" + count));
      Run run = harness.run("list", "" + count, all ? roundsOf(count / 50) : 1, options, names);
      runs.put(count, run);
      String items = "Graph, " + text(count) + " items";
      row(
          items + ": CPU",
          "ms",
          run,
          "cpu",
          sides,
          "200 a page, cold; name, size and date of each");
      row(items + ": allocated", "MiB", run, "bytes", sides, "of all threads");
    }
    curve("items", "Listing a folder", "items", "ms of CPU", "cpu", runs, sides);
  }

  private void download() throws IOException {
    List<String> sides = List.of(OURS, SDK, BARE);
    Map<Integer, Run> runs = new LinkedHashMap<>();
    for (int mib : all ? counts(1, 32, 200) : counts(32)) {
      List<String> options = new ArrayList<>(SERIAL);
      options.add("-Dfile=" + harness.endpoints.ask("file/" + mib * MIB));
      Run run =
          harness.run("download", "" + mib * MIB, rounds(3), options, sides.toArray(String[]::new));
      runs.put(mib, run);
      row(
          mib + " MiB down: CPU",
          "ms",
          run,
          "cpu",
          sides,
          "cold, to a file. Latchkey hashes, compares with Graph, and forces to disk; the others do"
              + " not");
      row(mib + " MiB down: wall", "ms", run, "wall", sides, "");
    }
    curve("bytes", "Downloading a file", "MiB", "ms of CPU", "cpu", runs, sides);
  }

  private void upload() throws IOException {
    List<String> sides = List.of(OURS, SDK, BARE);
    Map<Integer, Run> runs = new LinkedHashMap<>();
    for (int mib : all ? counts(8, 32, 200) : counts(32)) {
      Path source = harness.work.resolve("source.bin");
      byte[] block = new byte[MIB];
      try (var out = Files.newOutputStream(source)) {
        for (int i = 0; i < mib; i++) {
          new SplittableRandom(i).nextBytes(block);
          out.write(block);
        }
      }
      Run run =
          harness.run("upload", source.toString(), rounds(3), SERIAL, sides.toArray(String[]::new));
      runs.put(mib, run);
      row(
          mib + " MiB up: CPU",
          "ms",
          run,
          "cpu",
          sides,
          "cold, from a file, in an upload session with slices of 5 MiB. Latchkey hashes, compares"
              + " with Graph, and watches whether the file changes; the others do not");
      row(mib + " MiB up: wall", "ms", run, "wall", sides, "");
    }
    curve("upload", "Uploading a file", "MiB", "ms of CPU", "cpu", runs, sides);
  }

  private void herd() throws IOException {
    new HerdReport(harness::say, all).write(docs(), curves);
  }

  private void curve(
      String file,
      String title,
      String across,
      String unit,
      String metric,
      Map<Integer, Run> runs,
      List<String> sides)
      throws IOException {
    Map<String, List<Plot.Point>> points = new LinkedHashMap<>();
    curves.append(
        String.format(
            "%n### %s%n%n| %s | %s |%n|---:|%s%n",
            title, across, String.join(" | ", sides), "---:|".repeat(sides.size())));
    runs.forEach(
        (x, run) -> {
          curves.append(String.format(Locale.ROOT, "| %,d |", x));
          for (String side : sides) {
            curves.append(' ').append(run.text(side, metric)).append(" |");
            points
                .computeIfAbsent(side, s -> new ArrayList<>())
                .add(new Plot.Point(x, run.median(side, metric)));
          }
          curves.append(System.lineSeparator());
        });
    curves.append(String.format("%nIn %s. ![%s](performance/%s.svg)%n", unit, title, file));
    Path pictures = docs().resolve("performance");
    Files.createDirectories(pictures);
    Files.writeString(pictures.resolve(file + ".svg"), new Plot(title, across, unit, points).svg());
  }

  private Path docs() {
    return directory.resolveSibling("docs");
  }

  private void write(long seconds) throws IOException {
    String machine =
        String.format(
            "%d cores, %s %s, JDK %s (%s); %s; %d seconds; %s",
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            System.getProperty("java.version"),
            System.getProperty("java.vm.name"),
            LocalDate.now(ZoneOffset.UTC),
            seconds,
            all ? "all rows" : "the essential rows");
    String head = resource("results-head.md").replace("${machine}", machine);
    Files.writeString(directory.resolve("RESULTS.md"), head + rows);
    Path page = docs().resolve("performance.md");
    String before = Files.readString(page);
    String mark = "<!-- Below this line the benchmarks write. -->";
    int at = before.indexOf(mark) + mark.length();
    Files.writeString(
        page, before.substring(0, at) + "\n\nMeasured on " + machine + ".\n" + curves);
  }

  static String resource(String name) throws IOException {
    try (var in = Benchmarks.class.getResourceAsStream(name)) {
      return new String(java.util.Objects.requireNonNull(in).readAllBytes(), UTF_8);
    }
  }
}

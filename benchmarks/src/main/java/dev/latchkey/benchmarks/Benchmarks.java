package dev.latchkey.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
  private final Path directory;
  private final Harness harness;
  private final StringBuilder rows = new StringBuilder();
  private final StringBuilder curves = new StringBuilder();

  private Benchmarks(boolean all, Path directory, Harness harness) {
    this.all = all;
    this.directory = directory;
    this.harness = harness;
  }

  /** Arguments: what to measure ({@code all}, {@code essentials}, {@code none}), and where. */
  public static void main(String... args) throws Exception {
    if (args[0].equals("none")) {
      return;
    }
    long start = System.nanoTime();
    try (Harness harness = new Harness()) {
      Benchmarks benchmarks = new Benchmarks(args[0].equals("all"), Path.of(args[1]), harness);
      benchmarks.measure();
      benchmarks.write((System.nanoTime() - start) / 1_000_000_000L);
    }
  }

  private int rounds() {
    return all ? 5 : 3;
  }

  private void measure() throws IOException, RunnerException {
    cachedToken();
    signIn();
    pending();
    storm();
    accounts();
    graph();
    download();
  }

  private void row(
      String measure, String unit, Run run, String metric, List<String> sides, String note) {
    StringBuilder peers = new StringBuilder();
    StringBuilder ratios = new StringBuilder();
    for (String side : sides) {
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
            measure, unit, run.text(OURS, metric), peers, ratios, note));
  }

  private void cachedToken() throws RunnerException {
    OptionsBuilder options = new OptionsBuilder();
    options
        .include(CachedTokenBenchmark.class.getName())
        .forks(1)
        .jvmArgsAppend(harness.place.options().toArray(String[]::new))
        .warmupIterations(all ? 5 : 2)
        .warmupTime(TimeValue.seconds(1))
        .measurementIterations(all ? 8 : 3)
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
    row("the same: wall", "ms", run, "process-wall", sides, "with the interval of 1 s");
    row("the same: peak memory", "MiB", run, "memory", sides, "resident");
    row("the same: classes loaded", "", run, "classes", sides, "");
  }

  private void pending() throws IOException {
    List<Integer> counts = all ? List.of(100, 500, 1000, 2000, 5000) : List.of(100, 500);
    List<String> sides = List.of(OURS, MSAL);
    Map<Integer, Run> runs = new LinkedHashMap<>();
    for (int count : counts) {
      Run run = harness.run("approvals", "" + count, all ? 3 : 1, SERIAL, OURS, MSAL);
      runs.put(count, run);
      row(
          String.format(Locale.ROOT, "%,d sign-ins approved at once: CPU each", count),
          "ms",
          run,
          "cpu",
          sides,
          "one client, each another person, sessions in memory; from the approval to the last"
              + " result");
      if (count == counts.get(counts.size() - 1)) {
        row("the same: peak memory", "MiB", run, "memory", sides, "resident");
        row("the same: peak threads", "", run, "threads", sides, "");
      }
    }
    curve("pending", "CPU of an approval", "sign-ins pending", "ms", "cpu", runs, sides);
    Run polls = harness.run("polls", all ? "5000" : "500", all ? 3 : 1, SERIAL, OURS, MSAL);
    row(
        "CPU a poll, " + (all ? "5,000" : "500") + " pending",
        "ms",
        polls,
        "cpu",
        sides,
        "one a second each");
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

  private void accounts() throws IOException {
    List<Integer> counts = all ? List.of(1, 100, 300, 1000) : List.of(1, 100);
    List<String> sides = List.of(OURS, MSAL);
    Map<Integer, Run> runs = new LinkedHashMap<>();
    for (int count : counts) {
      Run run = harness.run("refresh", "" + count, all ? 3 : 1, List.of(), OURS, MSAL);
      runs.put(count, run);
      String among = String.format(Locale.ROOT, ", %,d accounts", count);
      row(
          "refresh and save" + among,
          "ms",
          run,
          "refresh",
          sides,
          "Latchkey: encrypted and forced to disk. MSAL4J: plain text, not forced");
      row("list the accounts" + among, "ms", run, "accounts", sides, "from the files");
      row("one more sign-in" + among, "ms of CPU", run, "one-more", sides, "one poll, saved");
      if (count == 1) {
        cachedProcess();
      }
    }
    curve("refresh", "Refresh and save", "accounts", "ms", "refresh", runs, sides);
    curve("accounts", "List the accounts", "accounts", "ms", "accounts", runs, sides);
    curve("one-more", "One more sign-in", "accounts", "ms of CPU", "one-more", runs, sides);
  }

  private void cachedProcess() {
    Run run = new Run();
    for (String side : List.of(OURS, MSAL)) {
      String kept = harness.kept(side).toString();
      Run one = harness.run("cached", kept, rounds(), List.of(), side);
      one.copyTo(run, side);
    }
    row(
        "cached token from the file store, whole process",
        "ms of CPU",
        run,
        "process-cpu",
        List.of(OURS, MSAL),
        "Latchkey decrypts; MSAL4J reads plain text");
  }

  private void graph() throws IOException {
    List<String> sides = List.of(OURS, SDK, BARE);
    String[] names = sides.toArray(String[]::new);
    Run me = harness.run("me", all ? "4000" : "1500", rounds(), SERIAL, names);
    String note = "warm, one thread, loopback. The bare side checks nothing";
    row("Graph `me()`: p50", "µs", me, "p50", sides, note);
    row("the same: CPU", "ms a request", me, "cpu", sides, "of all threads");
    row("the same: allocated", "KiB a request", me, "bytes", sides, "of all threads");
    Map<Integer, Run> runs = new LinkedHashMap<>();
    for (int count : all ? List.of(1000, 5000, 20_000, 100_000) : List.of(1000, 10_000)) {
      List<String> options = new ArrayList<>(SERIAL);
      options.add("-Dfolder=" + harness.place.ask("folder/" + count));
      Run run = harness.run("list", "" + count, count > 20_000 ? 3 : rounds(), options, names);
      runs.put(count, run);
      String items = String.format(Locale.ROOT, "Graph, %,d items", count);
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
    for (int mib : all ? List.of(1, 16, 64, 200) : List.of(32)) {
      List<String> options = new ArrayList<>(SERIAL);
      options.add("-Dfile=" + harness.place.ask("file/" + mib * MIB));
      Run run =
          harness.run("download", "" + mib * MIB, rounds(), options, sides.toArray(String[]::new));
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
    String head = text("results-head.md").replace("${machine}", machine);
    Files.writeString(directory.resolve("RESULTS.md"), head + rows);
    Path page = docs().resolve("performance.md");
    String before = Files.readString(page);
    String mark = "<!-- Below this line the benchmarks write. -->";
    int at = before.indexOf(mark) + mark.length();
    Files.writeString(
        page, before.substring(0, at) + "\n\nMeasured on " + machine + ".\n" + curves);
  }

  private static String text(String name) throws IOException {
    try (var in = Benchmarks.class.getResourceAsStream(name)) {
      return new String(java.util.Objects.requireNonNull(in).readAllBytes(), UTF_8);
    }
  }
}

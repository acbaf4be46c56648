package dev.latchkey.benchmarks;

import dev.latchkey.benchmarks.Herd.Outcome;
import dev.latchkey.benchmarks.Herd.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** What a million programs do to one server, with the jitter and without: table and pictures. */
final class HerdReport {

  private static final Scenario OUTAGE =
      new Scenario("10 minutes of 503; then 429 without `Retry-After`", true, null, 0);

  private static final List<Scenario> SCENARIOS =
      List.of(
          OUTAGE,
          new Scenario(
              "10 minutes of 503; then 429 with `Retry-After: 60`",
              true,
              Duration.ofSeconds(60),
              0),
          new Scenario("10 minutes without an answer; then 429", false, null, 0),
          new Scenario(
              "10 minutes of 503; then room for everybody", true, null, 0, Integer.MAX_VALUE),
          new Scenario("all wake within 10 minutes; 429", true, null, 600));

  private static final String JITTER = "with jitter";
  private static final String NONE = "without";

  private final Consumer<String> progress;

  private final boolean all;

  /**
   * Creates one.
   *
   * @param progress is told what was done
   * @param all whether to simulate every scenario, rather than the first one
   */
  HerdReport(Consumer<String> progress, boolean all) {
    this.progress = progress;
    this.all = all;
  }

  /** Runs the simulations, writes the pictures and appends the tables. */
  void write(Path docs, StringBuilder page) throws IOException {
    page.append(resource());
    page.append(
        """
        | what happens | jitter | steady | peak afterwards | all are well after | without a token: worst | mean |
        |---|---|---:|---:|---:|---:|---:|
        """);
    StringBuilder aims = new StringBuilder();
    Map<String, List<Plot.Point>> picture = new LinkedHashMap<>();
    Outcome plain = run(OUTAGE, NONE, new Herd(OUTAGE, false));
    for (Scenario scenario : all ? SCENARIOS : List.of(OUTAGE)) {
      Outcome without = scenario == OUTAGE ? plain : run(scenario, NONE, new Herd(scenario, false));
      Outcome with = run(scenario, JITTER, new Herd(scenario, true));
      row(page, scenario, NONE, without);
      row(page, scenario, JITTER, with);
      miss(aims, scenario, with, without);
      if (scenario == OUTAGE) {
        picture.put(JITTER, with.curve());
        picture.put(NONE, without.curve());
      }
    }
    picture(docs, "herd", "A million programs and an outage", "minutes", picture);
    page.append(
        """

        Requests a second; seconds. ![A million programs and an outage](performance/herd.svg)
        """);
    aims(page, aims);
    if (all) {
      reaches(page, plain);
    }
  }

  /** Says what the jitter was to reach, and where it does not. */
  private static void aims(StringBuilder page, StringBuilder misses) {
    page.append(
        """

        With the jitter, the steady rate is a little higher, because a refresh comes earlier on average. The aims were a
        peak of at most 3 times the steady rate, and nobody without a token for more than a minute longer than without
        the jitter.\
        """);
    if (misses.isEmpty()) {
      page.append(" Both are met.\n");
    } else {
      page.append(" They are missed here:\n\n").append(misses);
    }
  }

  private static void miss(StringBuilder misses, Scenario scenario, Outcome with, Outcome without) {
    double peak = with.peak(scenario) / with.steady();
    if (scenario.waking() == 0 && peak > 3) {
      line(misses, "- %s: the peak is %.1fx.", scenario.name(), peak);
    }
    int longer = with.worseThan(without);
    if (longer > 60) {
      line(
          misses,
          "- %s: the worst is %,d s instead of %,d s; worse off by at most %,d s.",
          scenario.name(),
          with.worst(),
          without.worst(),
          longer);
    }
  }

  /** The curve that says why the pause is not longer still. */
  private void reaches(StringBuilder page, Outcome plain) {
    page.append(
        """

        By how many times itself the longest pause, of a minute, is lengthened at most, after the same outage:

        | lengthened by | peak afterwards | all are well after | without a token: worst | worse off by at most |
        |---:|---:|---:|---:|---:|
        """);
    for (int reach : List.of(1, 2, 3, 4, 6, 8)) {
      Outcome one = run(OUTAGE, "reach " + reach, new Herd(OUTAGE, reach));
      line(
          page,
          "| %d | %,.0f (%.1fx) | %,d | %,d | %,d |",
          reach,
          one.peak(OUTAGE),
          one.peak(OUTAGE) / one.steady(),
          one.recovery(),
          one.worst(),
          one.worseThan(plain));
    }
    page.append(
        """

        "Worse off": the programs of each run, ordered by the time that they were without a token, and the two of one
        rank compared. The library lengthens by 4: with this server, more keeps people waiting for longer than without jitter.
        Where there was no answer, the pause stays within two minutes, because it may be the program's own network that
        was down. Where all wake within ten minutes, they want nearly twice what the server can do until the last has
        come, with jitter or without.
        """);
  }

  private Outcome run(Scenario scenario, String jitter, Herd herd) {
    Outcome outcome = herd.run();
    progress.accept("a million programs, " + scenario.name() + ", " + jitter);
    return outcome;
  }

  private static void row(StringBuilder page, Scenario scenario, String jitter, Outcome one) {
    line(
        page,
        "| %s | %s | %s | %,.0f%s | %,d | %,d | %.1f |",
        scenario.name(),
        jitter,
        scenario.waking() > 0 ? "–" : String.format(Locale.ROOT, "%,.0f", one.steady()),
        one.peak(scenario),
        scenario.waking() > 0
            ? ""
            : String.format(Locale.ROOT, " (%.1fx)", one.peak(scenario) / one.steady()),
        one.recovery(),
        one.worst(),
        one.mean());
  }

  private static void line(StringBuilder page, String format, Object... values) {
    page.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  private static void picture(
      Path docs, String file, String title, String across, Map<String, List<Plot.Point>> curves)
      throws IOException {
    Path pictures = Files.createDirectories(docs.resolve("performance"));
    Files.writeString(
        pictures.resolve(file + ".svg"),
        new Plot(title, across, "requests a second, mean of half a minute", curves).svg());
  }

  private static String resource() throws IOException {
    return Benchmarks.resource("herd-head.md");
  }
}

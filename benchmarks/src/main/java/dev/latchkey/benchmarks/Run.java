package dev.latchkey.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one program measured, by side and metric, in all rounds. */
final class Run {

  private final Map<String, Map<String, List<Double>>> values = new LinkedHashMap<>();

  private final Map<String, String> failures = new LinkedHashMap<>();

  /** Notes why a side has no value, or not in each round. */
  void fail(String side, String why) {
    failures.putIfAbsent(side, why);
  }

  /** Why a side failed; null if it did not. */
  @Nullable String failure(String side) {
    return failures.get(side);
  }

  void add(String side, String metric, double value) {
    values
        .computeIfAbsent(side, s -> new LinkedHashMap<>())
        .computeIfAbsent(metric, m -> new ArrayList<>())
        .add(value);
  }

  /** Adds what one side measured to another run. */
  void copyTo(Run other, String side) {
    copyFailureTo(other, side);
    values
        .getOrDefault(side, Map.of())
        .forEach((metric, all) -> all.forEach(value -> other.add(side, metric, value)));
  }

  /** Adds what all sides measured to another run. */
  void copyAllTo(Run other) {
    values.keySet().forEach(side -> copyTo(other, side));
    failures.forEach(other::fail);
  }

  void copyFailureTo(Run other, String side) {
    String failure = failure(side);
    if (failure != null) {
      other.fail(side, failure);
    }
  }

  private List<Double> of(String side, String metric) {
    return values.getOrDefault(side, Map.of()).getOrDefault(metric, List.of());
  }

  /** The median; NaN if the side did not measure it. */
  double median(String side, String metric) {
    List<Double> all = of(side, metric);
    return all.isEmpty() ? Double.NaN : Programs.median(all);
  }

  /** The median, and the least and the most where there are several. */
  String text(String side, String metric) {
    List<Double> all = of(side, metric);
    if (all.isEmpty()) {
      return "–";
    }
    String median = number(median(side, metric));
    return all.size() == 1
        ? median
        : median
            + " ("
            + number(all.stream().mapToDouble(Double::doubleValue).min().orElseThrow())
            + "–"
            + number(all.stream().mapToDouble(Double::doubleValue).max().orElseThrow())
            + ")";
  }

  static String number(double value) {
    String format = value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : value >= 1 ? "%.2f" : "%.3f";
    return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, format, value);
  }
}

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Prints one line from JaCoCo's CSV report: what the tests reached of core. */
class CoverageSummary {
  public static void main(String[] args) throws IOException {
    Path report = Path.of(args[0]);
    if (!Files.exists(report)) {
      System.out.println("Coverage of core: not measured in this run");
      return;
    }
    List<String> lines = Files.readAllLines(report);
    List<String> columns = List.of(lines.get(0).split(","));
    List<String[]> classes = lines.stream().skip(1).map(line -> line.split(",")).toList();

    if (sum(classes, columns.indexOf("LINE_COVERED")) == 0) { // the tests were left out
      System.out.println("Coverage of core: not measured in this run");
      return;
    }
    System.out.printf(
        "Coverage of core: %s of lines, %s of branches (%s)%n",
        share(columns, classes, "LINE"),
        share(columns, classes, "BRANCH"),
        report.resolveSibling("index.html"));
  }

  private static String share(List<String> columns, List<String[]> classes, String counter) {
    long missed = sum(classes, columns.indexOf(counter + "_MISSED"));
    long covered = sum(classes, columns.indexOf(counter + "_COVERED"));
    return String.format(
        Locale.ROOT,
        "%.1f%% (%d/%d)",
        100.0 * covered / Math.max(1, covered + missed),
        covered,
        covered + missed);
  }

  private static long sum(List<String[]> classes, int column) {
    return classes.stream().mapToLong(values -> Long.parseLong(values[column])).sum();
  }
}

package dev.latchkey.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Draws curves as an SVG picture. A point that was not measured is left out. */
record Plot(String title, String across, String up, Map<String, List<Point>> curves) {

  record Point(double x, double y) {}

  private static final int WIDTH = 640;
  private static final int HEIGHT = 360;
  private static final int MARGIN = 60;

  /** More of them would run into each other. */
  private static final int MAX_DOTS = 20;

  private static final List<String> COLOURS =
      List.of("#1f6feb", "#d1242f", "#57606a", "#8250df", "#1a7f37");

  String svg() {
    double right = max(true);
    double top = max(false) * 1.05;
    StringBuilder svg = new StringBuilder();
    line(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
            + " font-size=\"12\">",
        WIDTH,
        HEIGHT);
    line(svg, "<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>", WIDTH, HEIGHT);
    line(svg, "<text x=\"%d\" y=\"20\" font-size=\"14\">%s</text>", MARGIN, title);
    line(svg, "<text x=\"%d\" y=\"40\" fill=\"#57606a\">%s</text>", MARGIN, up);
    line(
        svg,
        "<text x=\"%d\" y=\"%d\" text-anchor=\"end\" fill=\"#57606a\">%s</text>",
        WIDTH - 20,
        HEIGHT - 8,
        across);
    for (int i = 0; i <= 4; i++) {
      double y = top * i / 4;
      line(
          svg,
          "<path d=\"M%d %.1fH%d\" stroke=\"#d0d7de\"/><text x=\"%d\" y=\"%.1f\""
              + " text-anchor=\"end\">%s</text>",
          MARGIN,
          atY(y, top),
          WIDTH - 20,
          MARGIN - 6,
          atY(y, top) + 4,
          i == 0 ? "0" : Run.number(y));
      double x = right * i / 4;
      line(
          svg,
          "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%,.0f</text>",
          atX(x, right),
          HEIGHT - MARGIN + 36,
          x);
    }
    int number = 0;
    for (Map.Entry<String, List<Point>> curve : curves.entrySet()) {
      String colour = COLOURS.get(number % COLOURS.size());
      StringBuilder path = new StringBuilder();
      for (Point point : measured(curve.getValue())) {
        if (curve.getValue().size() <= MAX_DOTS) {
          line(
              svg,
              "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>",
              atX(point.x(), right),
              atY(point.y(), top),
              colour);
        }
        path.append(
            String.format(
                Locale.ROOT,
                "%s%.1f %.1f",
                path.isEmpty() ? "M" : "L",
                atX(point.x(), right),
                atY(point.y(), top)));
      }
      line(svg, "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>", path, colour);
      line(
          svg,
          "<text x=\"%d\" y=\"%d\" text-anchor=\"end\" fill=\"%s\">%s</text>",
          WIDTH - 20,
          16 + 13 * number,
          colour,
          curve.getKey());
      number++;
    }
    return svg.append("</svg>\n").toString();
  }

  private static void line(StringBuilder svg, String format, Object... arguments) {
    svg.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }

  private static List<Point> measured(List<Point> curve) {
    return curve.stream().filter(point -> Double.isFinite(point.y())).toList();
  }

  private double max(boolean ofX) {
    return curves.values().stream()
        .flatMap(curve -> measured(curve).stream())
        .mapToDouble(point -> ofX ? point.x() : point.y())
        .max()
        .orElse(1);
  }

  private static double atX(double x, double right) {
    return MARGIN + x / right * (WIDTH - MARGIN - 20);
  }

  private static double atY(double y, double top) {
    return HEIGHT - MARGIN + 20 - y / top * (HEIGHT - MARGIN - 60);
  }
}

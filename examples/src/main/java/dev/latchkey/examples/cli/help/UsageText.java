package dev.latchkey.examples.cli.help;

import dev.latchkey.examples.cli.terminal.Wrap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The help of a command, as wide as the terminal. Picocli's own needs 55 columns at least, and puts
 * options in one list.
 */
public final class UsageText {

  private static final String KEY = "latchkey";
  private static final int MAX_COLUMNS = 200;
  private static final int MAX_TERM = 26;

  /** Below this width, explanations are below their terms instead of beside them. */
  private static final int NARROW = 60;

  private final CommandDoc doc;
  private final int columns;
  private final List<String> lines = new ArrayList<>();

  UsageText(CommandSpec command, int columns) {
    this.doc = new CommandDoc(command);
    this.columns = Math.min(MAX_COLUMNS, columns);
  }

  /** Makes this the help of a command line and of all commands in it. */
  public static void install(CommandLine commandLine, int columns) {
    commandLine.setHelpSectionKeys(List.of(KEY));
    commandLine.setHelpSectionMap(
        Map.of(KEY, help -> new UsageText(help.commandSpec(), columns).text()));
  }

  String text() {
    wrap("Usage: " + doc.synopsis(), "       ");
    lines.add("");
    wrap(doc.description(), "");
    for (CommandDoc.Section section : doc.sections()) {
      lines.add("");
      lines.add(section.heading() + ":");
      int width = width(section.entries());
      section.entries().forEach(entry -> add(entry, width));
    }
    doc.footer().forEach(line -> wrap(line, ""));
    String end = System.lineSeparator();
    return String.join(end, lines) + end;
  }

  /** The width of the column of the terms; 0 if there is no room for two columns. */
  private int width(List<CommandDoc.Entry> entries) {
    return columns < NARROW
        ? 0
        : Math.min(MAX_TERM, entries.stream().mapToInt(e -> e.term().length()).max().orElse(0));
  }

  private void add(CommandDoc.Entry entry, int width) {
    String term = "  " + entry.term();
    if (width == 0) {
      wrap(term, "  ");
      wrap("      " + entry.text(), "      ");
      return;
    }
    String indent = " ".repeat(width + 4);
    if (entry.term().length() > width) {
      lines.add(term);
      wrap(indent + entry.text(), indent);
    } else {
      wrap(term + " ".repeat(indent.length() - term.length()) + entry.text(), indent);
    }
  }

  private void wrap(String line, String indent) {
    lines.addAll(Wrap.lines(line, columns, indent));
  }
}

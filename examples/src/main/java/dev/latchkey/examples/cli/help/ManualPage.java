package dev.latchkey.examples.cli.help;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/** The manual page of a command, for {@code man}. */
final class ManualPage {

  private final CommandSpec command;
  private final CommandDoc doc;
  private final StringBuilder page = new StringBuilder();

  ManualPage(CommandSpec command) {
    this.command = command;
    this.doc = new CommandDoc(command);
  }

  String fileName() {
    return name(command) + ".1";
  }

  String text() {
    macro(".TH \"" + name(command).toUpperCase(Locale.ROOT) + "\" \"1\" \"\" \"Latchkey\"");
    heading("Name");
    line(name(command) + " - " + doc.description());
    heading("Synopsis");
    line(doc.synopsis());
    heading("Description");
    line(doc.description());
    for (CommandDoc.Section section : doc.sections()) {
      heading(section.heading());
      section.entries().forEach(this::entry);
    }
    List<String> footer = doc.footer().stream().filter(text -> !text.isBlank()).toList();
    if (!footer.isEmpty()) {
      heading("Notes");
      footer.forEach(this::line);
    }
    seeAlso();
    return page.toString();
  }

  private void seeAlso() {
    List<String> others =
        Stream.concat(Stream.ofNullable(command.parent()), doc.commands().stream())
            .map(each -> name(each) + "(1)")
            .toList();
    if (!others.isEmpty()) {
      heading("See also");
      line(String.join(", ", others));
    }
  }

  private void entry(CommandDoc.Entry entry) {
    macro(".TP");
    line("\\fB", entry.term(), "\\fR");
    line(entry.text());
  }

  private void heading(String text) {
    macro(".SH \"" + text.toUpperCase(Locale.ROOT) + "\"");
  }

  private void macro(String line) {
    page.append(line).append('\n');
  }

  private void line(String text) {
    line("", text, "");
  }

  /** Escapes what roff would interpret: backslashes, hyphens, and marks at the begin of a line. */
  private void line(String before, String text, String after) {
    String escaped = text.replace("\\", "\\e").replace("-", "\\-");
    boolean isControl = before.isEmpty() && (text.startsWith(".") || text.startsWith("'"));
    page.append(before).append(isControl ? "\\&" : "").append(escaped).append(after).append('\n');
  }

  private static String name(CommandSpec command) {
    return command.qualifiedName("-");
  }
}

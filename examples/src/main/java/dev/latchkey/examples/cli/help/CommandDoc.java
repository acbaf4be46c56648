package dev.latchkey.examples.cli.help;

import dev.latchkey.examples.cli.command.ClientOptions;
import dev.latchkey.examples.cli.command.OutputOptions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * What help and manual pages say about a command, in the order in which people look for it: its own
 * options come first, and those of every command last.
 */
record CommandDoc(CommandSpec command) {

  /**
   * One thing that is explained.
   *
   * @param term an option, an argument or a command, as it is typed
   */
  record Entry(String term, String text) {}

  /** Things under one heading. */
  record Section(String heading, List<Entry> entries) {}

  /** As it is typed, without options that may be left out. */
  String synopsis() {
    Stream<String> parts =
        Stream.of(
                Stream.of(command.qualifiedName()),
                isGroupOnly() ? Stream.<String>empty() : Stream.of("[OPTIONS]"),
                command.options().stream().filter(ArgSpec::required).map(CommandDoc::term),
                command.positionalParameters().stream().map(CommandDoc::argument),
                Stream.of(subcommandLabel()))
            .flatMap(part -> part)
            .filter(part -> !part.isEmpty());
    return parts.collect(Collectors.joining(" "));
  }

  String description() {
    return String.join(" ", command.usageMessage().description());
  }

  List<String> footer() {
    return List.of(command.usageMessage().footer());
  }

  List<Section> sections() {
    List<Section> sections = new ArrayList<>();
    add(
        sections,
        "Arguments",
        command.positionalParameters().stream()
            .map(each -> new Entry(argument(each), text(each)))
            .toList());
    add(sections, "Commands", subcommands());
    List<OptionSpec> client = mixedIn(ClientOptions.class);
    List<OptionSpec> general = new ArrayList<>(mixedIn(OutputOptions.class));
    command.options().stream()
        .filter(option -> option.usageHelp() || option.versionHelp())
        .forEach(general::add);
    List<OptionSpec> own = new ArrayList<>(command.options());
    own.removeIf(OptionSpec::hidden);
    own.removeAll(client);
    own.removeAll(general);
    addOptions(sections, "Options", own);
    addOptions(sections, "Server, account and store", client);
    addOptions(sections, own.isEmpty() && client.isEmpty() ? "Options" : "General", general);
    return sections;
  }

  /** The commands below this one, each once. */
  List<CommandSpec> commands() {
    Set<CommandLine> all = new LinkedHashSet<>(command.subcommands().values());
    return all.stream().map(CommandLine::getCommandSpec).toList();
  }

  /** Whether nothing can be done without a command. */
  private boolean isGroupOnly() {
    return subcommandLabel().equals("COMMAND");
  }

  private String subcommandLabel() {
    return command.subcommands().isEmpty()
        ? ""
        : String.valueOf(command.usageMessage().synopsisSubcommandLabel());
  }

  private List<Entry> subcommands() {
    return commands().stream()
        .map(each -> new Entry(each.name(), new CommandDoc(each).description()))
        .toList();
  }

  private List<OptionSpec> mixedIn(Class<?> type) {
    return command.mixins().values().stream()
        .filter(mixin -> type.isInstance(mixin.userObject()))
        .flatMap(mixin -> mixin.options().stream())
        .toList();
  }

  private static void addOptions(List<Section> to, String heading, List<OptionSpec> options) {
    add(to, heading, options.stream().map(each -> new Entry(names(each), text(each))).toList());
  }

  private static void add(List<Section> to, String heading, List<Entry> entries) {
    if (!entries.isEmpty()) {
      to.add(new Section(heading, entries));
    }
  }

  private static String text(ArgSpec argument) {
    return String.join(" ", argument.description());
  }

  private static String names(OptionSpec option) {
    return String.join(", ", option.names()) + value(option);
  }

  private static String term(OptionSpec option) {
    return option.longestName() + value(option);
  }

  private static String value(OptionSpec option) {
    return option.arity().max() > 0 && !isFlag(option) ? "=" + option.paramLabel() : "";
  }

  /** An option that sets something to true; picocli lets it take a value, too. */
  private static boolean isFlag(OptionSpec option) {
    return option.type().equals(boolean.class) || option.type().equals(boolean[].class);
  }

  private static String argument(PositionalParamSpec argument) {
    String label = argument.paramLabel() + (argument.arity().max() > 1 ? "..." : "");
    return argument.arity().min() == 0 ? "[" + label + "]" : label;
  }
}

package dev.latchkey.examples.cli.mail;

import com.google.gson.JsonObject;
import dev.latchkey.examples.cli.output.JsonEvents;
import dev.latchkey.examples.cli.output.LocalFileErrors;
import dev.latchkey.examples.cli.output.Output;
import dev.latchkey.examples.cli.terminal.Shell;
import dev.latchkey.graph.GraphClient;
import dev.latchkey.graph.Outbox;
import dev.latchkey.graph.mail.ItemBody;
import dev.latchkey.graph.mail.NewMessage;
import dev.latchkey.graph.mail.SendJournal;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "send",
    description = "Sends a mail.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class MailSendCommand extends MailClientCommand {

  @Option(
      names = "--to",
      paramLabel = "ADDRESS",
      required = true,
      description = "A recipient; may be repeated.")
  private String[] to;

  @Option(
      names = "--cc",
      paramLabel = "ADDRESS",
      description = "A recipient of a copy; may be repeated.")
  private String[] cc = {};

  @Option(names = "--subject", paramLabel = "TEXT", required = true, description = "The subject.")
  private String subject;

  @Option(
      names = "--once",
      paramLabel = "KEY",
      description =
          "A name for the mail; with --journal, a mail of that name is sent once, however often the"
              + " command runs. After a lost answer it looks for the mail, for up to two minutes.")
  private @Nullable String key;

  @Option(
      names = "--journal",
      paramLabel = "DIRECTORY",
      description = "With --once: the directory that records which mails were sent.")
  private @Nullable Path place;

  @Parameters(paramLabel = "TEXT", description = "The text of the mail.")
  private String content;

  MailSendCommand(Shell shell) {
    super(shell);
  }

  @Override
  protected void check() {
    once();
  }

  @Override
  protected void run(GraphClient graph, Output output) {
    Once once = once();
    NewMessage message = NewMessage.of(subject, ItemBody.text(content)).to(to).cc(cc);
    JsonObject event = JsonEvents.event("sent");
    event.addProperty("subject", subject);
    String text = "The mail was sent to " + String.join(", ", to) + ".";
    if (once == null) {
      graph.mail().sendMail(message, true);
    } else {
      String key = once.key();
      WatchedJournal journal = new WatchedJournal(SendJournal.in(once.journal()));
      Outbox outbox = graph.mail().outbox(journal);
      String id = LocalFileErrors.withJournal(once.journal(), () -> outbox.send(key, message));
      event.addProperty("id", id);
      event.addProperty("sent_before", !journal.isWritten());
      if (!journal.isWritten()) {
        text = "Nothing was sent: mail " + key + " had been sent before.";
      }
    }
    output.result(event, text);
  }

  /** How to send once; null if the mail is simply sent. */
  private @Nullable Once once() {
    boolean typed = spec.commandLine().getParseResult().hasMatchedOption("--journal");
    if (key != null && place == null) {
      throw wrongUsage("Missing required argument: --journal=DIRECTORY");
    } else if (key == null && typed) { // one from the environment is for 'send-all'
      throw wrongUsage("Missing required argument: --once=KEY");
    }
    return key == null || place == null ? null : new Once(key, place);
  }

  private record Once(String key, Path journal) {}
}

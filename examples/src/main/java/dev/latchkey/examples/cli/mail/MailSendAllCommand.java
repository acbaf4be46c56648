package dev.latchkey.examples.cli.mail;

import com.google.gson.JsonObject;
import dev.latchkey.examples.cli.output.CommandException;
import dev.latchkey.examples.cli.output.JsonEvents;
import dev.latchkey.examples.cli.output.LocalFileErrors;
import dev.latchkey.examples.cli.output.Output;
import dev.latchkey.examples.cli.terminal.Shell;
import dev.latchkey.examples.mailer.PlannedMail;
import dev.latchkey.examples.mailer.SafeMailer;
import dev.latchkey.graph.GraphClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "send-all",
    description =
        "Sends the mails of a file, each once however often the command runs. Each line of the"
            + " file is a JSON object with key, to, subject and text.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class MailSendAllCommand extends MailClientCommand {

  @Option(
      names = "--journal",
      paramLabel = "DIRECTORY",
      required = true,
      description = "The directory that records which mails were sent.")
  private Path journal;

  @Parameters(paramLabel = "FILE", description = "The file with the mails.")
  private Path file;

  MailSendAllCommand(Shell shell) {
    super(shell);
  }

  @Override
  protected void run(GraphClient graph, Output output) {
    SafeMailer mailer = new SafeMailer(graph, journal);
    List<PlannedMail> mails = mails();
    LocalFileErrors.withJournal(
        journal,
        () -> {
          mailer.sendAll(mails, (mail, id) -> tell(mail, id, output));
          return mails;
        });
  }

  private static void tell(PlannedMail mail, String id, Output output) {
    JsonObject event = JsonEvents.event("sent");
    event.addProperty("key", mail.key());
    event.addProperty("subject", mail.subject());
    event.addProperty("id", id);
    output.result(
        event, "Mail " + mail.key() + " was sent to " + String.join(", ", mail.to()) + ".");
  }

  /** Reads all mails before the first is sent. */
  private List<PlannedMail> mails() {
    List<PlannedMail> mails = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(file)) {
        if (!line.isBlank()) {
          mails.add(PlannedMail.parse(line));
        }
      }
    } catch (IllegalArgumentException e) {
      throw wrongUsage("Mail " + (mails.size() + 1) + " of " + file + ": " + e.getMessage());
    } catch (IOException e) {
      throw new CommandException(LocalFileErrors.failure("Could not read " + file, e), e);
    }
    return mails;
  }
}

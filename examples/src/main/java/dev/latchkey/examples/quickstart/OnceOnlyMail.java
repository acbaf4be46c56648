package dev.latchkey.examples.quickstart;

import dev.latchkey.Account;
import dev.latchkey.PublicClient;
import dev.latchkey.SignIn;
import dev.latchkey.graph.Outbox;
import dev.latchkey.graph.mail.ItemBody;
import dev.latchkey.graph.mail.NewMessage;
import dev.latchkey.graph.mail.SendJournal;
import java.nio.file.Path;

/** Sends a mail once, however often the program runs and wherever it breaks off. */
public final class OnceOnlyMail {

  private OnceOnlyMail() {}

  /** The first argument names the journal's directory, the second the recipient. */
  public static void main(String... args) {
    SendJournal journal = SendJournal.in(Path.of(args[0]));
    QuickstartSettings settings = QuickstartSettings.from(args);
    PublicClient client =
        PublicClient.builder()
            .authorizationServer(settings.server())
            .clientId(settings.clientId())
            .scopes("Mail.ReadWrite", "Mail.Send")
            .build();
    SignIn signIn = client.beginSignIn();
    System.out.println("Open " + signIn.deviceAuthorization().verificationUri());
    System.out.println("and enter " + signIn.deviceAuthorization().userCode());
    System.out.println("That code is for this screen only: enter none that you were sent.");
    Account account = signIn.await().account();

    Outbox outbox = settings.graph(client.tokens(account)).mail().outbox(journal);
    NewMessage invoice =
        NewMessage.of("Invoice 42", ItemBody.text("Please find it in the portal.")).to(args[1]);
    outbox.send("invoice-42", invoice); // the key names the mail: the same key is never sent again

    System.out.println("Invoice 42 is sent");
  }
}

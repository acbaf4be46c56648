package dev.latchkey.examples.quickstart;

import dev.latchkey.Account;
import dev.latchkey.PublicClient;
import dev.latchkey.SignIn;
import dev.latchkey.graph.Drive;
import dev.latchkey.graph.drive.DriveItem;
import dev.latchkey.graph.drive.ItemRef;
import dev.latchkey.graph.drive.UploadOptions;
import java.nio.file.Path;

/** Uploads a file to the folder {@code Uploads} of the person's drive. */
public final class DriveUpload {

  private DriveUpload() {}

  /** The first argument names the file. */
  public static void main(String... args) {
    Path file = Path.of(args[0]);
    QuickstartSettings settings = QuickstartSettings.from(args);
    PublicClient client =
        PublicClient.builder()
            .authorizationServer(settings.server())
            .clientId(settings.clientId())
            .scopes("Files.ReadWrite")
            .build();
    SignIn signIn = client.beginSignIn();
    System.out.println("Open " + signIn.deviceAuthorization().verificationUri());
    System.out.println("and enter " + signIn.deviceAuthorization().userCode());
    System.out.println("That code is for this screen only: enter none that you were sent.");
    Account account = signIn.await().account();

    Drive drive = settings.graph(client.tokens(account)).drives().mine();
    UploadOptions options =
        UploadOptions.defaults()
            .progress((bytes, total) -> System.out.println(bytes + " of " + total + " bytes"));
    DriveItem item = drive.upload(file, ItemRef.path("Uploads/" + file.getFileName()), options);

    System.out.println("Uploaded " + item.name() + ", " + item.size() + " bytes");
  }
}

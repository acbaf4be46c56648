package dev.latchkey.examples.desktop.work;

import dev.latchkey.Account;
import dev.latchkey.examples.desktop.state.Event;
import dev.latchkey.examples.desktop.state.Folder;
import dev.latchkey.examples.desktop.state.Transfer;
import dev.latchkey.graph.drive.ConflictBehavior;
import dev.latchkey.graph.drive.DriveItem;
import dev.latchkey.graph.drive.ItemRef;
import dev.latchkey.graph.drive.Progress;
import dev.latchkey.graph.drive.UploadOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** Uploads and downloads, each with its progress. Lives on the event thread. */
final class Transfers {

  private static final int ALL = 100;

  private final DeskWork work;
  private final Calls calls;
  private final Map<Integer, Call<?>> running = new HashMap<>();
  private int last;

  Transfers(DeskWork work, Calls calls) {
    this.work = work;
    this.calls = calls;
  }

  void upload(Account account, Folder folder, List<Path> files) {
    var unused =
        calls.start(
            account,
            () -> regular(files), // to look takes long on a network drive that is gone
            regular -> files.forEach(file -> upload(account, folder, file, regular.contains(file))),
            failure ->
                work.on(
                    account,
                    new Event.Noticed(Problems.text("The files could not be read", failure))));
  }

  private static Set<Path> regular(List<Path> files) {
    return files.stream().filter(Files::isRegularFile).collect(Collectors.toSet());
  }

  private void upload(Account account, Folder folder, Path file, boolean isRegular) {
    Path name = file.getFileName();
    if (name == null || !isRegular) {
      work.on(account, new Event.Noticed(file + " is not a file. Only files are uploaded."));
    } else {
      upload(account, folder, file, name.toString());
    }
  }

  private void upload(Account account, Folder folder, Path file, String name) {
    Transfer transfer = Transfer.of(++last, Transfer.Direction.UPLOAD, name);
    UploadOptions options = // nothing that is there already is overwritten
        UploadOptions.defaults()
            .conflict(ConflictBehavior.RENAME)
            .progress(progress(account, transfer.id()));
    ItemRef target = folder.ref().child(name);
    begin(
        account,
        transfer,
        () -> work.connections().graph(account).drives().mine().upload(file, target, options),
        "was uploaded",
        () -> work.read(folder));
  }

  void download(Account account, DriveItem item, Path target) {
    String name = item.name() == null ? item.id() : item.name();
    Transfer transfer = Transfer.of(++last, Transfer.Direction.DOWNLOAD, name);
    Progress progress = progress(account, transfer.id());
    begin(
        account,
        transfer,
        () ->
            work.connections()
                .graph(account)
                .drives()
                .mine()
                .download(item.ref(), target, progress),
        "was downloaded",
        () -> {});
  }

  private void begin(
      Account account, Transfer transfer, Callable<DriveItem> body, String done, Runnable then) {
    int id = transfer.id();
    work.on(account, new Event.TransferBegan(transfer));
    Call<DriveItem> call =
        calls.transfer(
            account,
            body,
            item -> {
              running.remove(id);
              work.on(account, new Event.TransferEnded(id, Transfer.Stage.DONE, null));
              work.on(account, new Event.Noticed(transfer.name() + " " + done + "."));
              then.run();
            },
            failure -> {
              running.remove(id);
              String why = Problems.text(transfer.name(), failure);
              work.on(account, new Event.TransferEnded(id, Transfer.Stage.FAILED, why));
              work.on(account, new Event.Noticed(why));
            });
    running.put(id, call);
  }

  /** Tells each percent once: a file may come in thousands of pieces. */
  private Progress progress(Account account, int id) {
    AtomicInteger told = new AtomicInteger(-1);
    return (done, total) -> {
      int percent = total <= 0 ? 0 : (int) (done * ALL / total);
      if (told.getAndSet(percent) != percent) {
        work.tell(account, new Event.TransferMoved(id, done, total));
      }
    };
  }

  void cancel(int id) {
    Call<?> call = running.remove(id);
    if (call != null) {
      call.cancel();
      work.on(new Event.TransferEnded(id, Transfer.Stage.CANCELLED, null));
    }
  }

  /** The account has gone, and its transfers with it. */
  void forget() {
    running.clear();
  }
}

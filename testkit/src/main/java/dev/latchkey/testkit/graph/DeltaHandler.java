package dev.latchkey.testkit.graph;

import com.google.gson.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What changed in a drive. */
final class DeltaHandler {

  private static final int PAGE_SIZE = 200;

  private final Drives drives;

  DeltaHandler(Drives drives) {
    this.drives = drives;
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", Drives.ITEM + "/(?:microsoft\\.graph\\.)?delta(?:\\(\\))?", this::delta));
  }

  private GraphAnswer delta(Call call) {
    Drive drive = drives.toRead(call);
    synchronized (drive) {
      if (Drives.item(call, drive) != drive.root()) {
        throw GraphFailure.of(
            501, "notSupported", "Delta is supported on the root of the drive only.");
      }
      DeltaToken token = token(call, drive);
      int size = Page.size(call, PAGE_SIZE);
      List<Item> items = drive.changes(token.after(), token.deletedAfter(), size);
      List<JsonObject> json = items.stream().map(item -> ItemJson.item(drive, item)).toList();
      boolean more = items.size() == size;
      DeltaToken next = more ? token.upTo(items.get(size - 1).change) : DeltaToken.latest(drive);
      return new Page(json, more ? Page.NEXT : Page.DELTA, call.link(path(call, drive, next)))
          .answer(call);
    }
  }

  private static DeltaToken token(Call call, Drive drive) {
    @Nullable String text = call.query("token");
    if (text == null) {
      return DeltaToken.first(drive);
    }
    if (text.equals("latest")) {
      return DeltaToken.latest(drive);
    }
    DeltaToken token = DeltaToken.parse(text);
    if (token.generation() != drive.generation()) {
      throw GraphFailure.of(
              410,
              drive.resyncCode(),
              "Resync required. Start again with the URL in the Location header.")
          .with("Location", List.of(call.location(path(call, drive, DeltaToken.first(drive)))));
    }
    return token;
  }

  private static String path(Call call, Drive drive, DeltaToken token) {
    String top = call.query("$top");
    String select = call.query("$select");
    return "/drives/%s/root/delta?token=%s%s%s"
        .formatted(
            drive.id,
            token.text(),
            top == null ? "" : "&$top=" + top,
            select == null ? "" : "&$select=" + select.replace(" ", ""));
  }
}

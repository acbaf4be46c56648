package dev.latchkey.testkit.internal.graph.drive;

import com.google.gson.JsonObject;
import dev.latchkey.testkit.internal.graph.call.GraphFailure;
import dev.latchkey.testkit.internal.graph.call.GraphRoute;
import dev.latchkey.testkit.internal.graph.call.Page;
import dev.latchkey.testkit.internal.graph.call.RoutedCall;
import dev.latchkey.testkit.internal.http.HttpAnswer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers delta queries: what has changed in a drive. */
public final class DeltaHandler {

  private static final int PAGE_SIZE = 200;

  private final DriveAccess drives;

  public DeltaHandler(DriveAccess drives) {
    this.drives = drives;
  }

  public List<GraphRoute> routes() {
    return List.of(
        GraphRoute.of(
            "GET",
            DriveAccess.ITEM
                + "/(?:microsoft\\.graph\\.)?delta(?:\\((?:token='(?<token>[^']*)')?\\))?",
            this::delta));
  }

  private HttpAnswer delta(RoutedCall call) {
    StoredDrive drive = drives.toRead(call);
    synchronized (drive) {
      if (DriveAccess.item(call, drive) != drive.root()) {
        throw GraphFailure.of(
            501, "notSupported", "Delta is supported on the root of the drive only.");
      }
      DeltaToken token = token(call, drive);
      int size = Page.size(call, PAGE_SIZE);
      List<StoredItem> items = drive.changes(token.after(), token.deletedAfter(), size);
      List<JsonObject> json = items.stream().map(item -> DriveJson.item(drive, item)).toList();
      boolean more = items.size() == size;
      DeltaToken next = more ? token.upTo(items.get(size - 1).change) : DeltaToken.latest(drive);
      return new Page(json, more ? Page.NEXT : Page.DELTA, call.link(path(call, drive, next)))
          .answer(call);
    }
  }

  private static DeltaToken token(RoutedCall call, StoredDrive drive) {
    @Nullable String parameter = call.part("token");
    @Nullable String text = parameter == null ? call.query("token") : parameter;
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

  private static String path(RoutedCall call, StoredDrive drive, DeltaToken token) {
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
